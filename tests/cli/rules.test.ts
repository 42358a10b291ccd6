import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
const at = (name: string, text: string): string => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};
const SCENARIO = 'high-error-rate-bad-deploy';

describe('muster promqltest', () => {
	it('counts, and names what fails by file and line', async () => {
		const script = 'load 1m\n  m 1 2\n  h {{count:1}}\n\neval instant at 1m m\n  m 2\n\neval instant at 0 h\n  h 1\n';
		const good = at('good.test', script);
		const bad = at('bad.test', 'load 1m\n  m 1\n\neval instant at 0 m\n  m 2\n');
		const passed = await muster(['promqltest', good]);
		expect(passed.code).toBe(0);
		expect(passed.out).toContain(`${good}: 1 passed, 0 failed, 1 skipped\n`);
		expect(passed.out).toContain('native histograms: lines 8');
		const both = await muster(['promqltest', good, bad]);
		expect(both.code).toBe(1);
		expect(both.out).toContain(`${bad}:4: m: expected 2 for m{} but got 1\n`);
		expect(both.out.trimEnd().split('\n').at(-1)).toBe('total: 1 passed, 1 failed, 1 skipped');
		expect(await muster(['promqltest', join(folder, 'none.test')])).toMatchObject({ code: 1 });
	});
});

describe('muster rules check', () => {
	it('finds nothing in the rules that are shipped', async () => {
		const files = [SCENARIO, 'db-connection-pool-exhausted', 'memory-leak-cache-library'].map(
			(slug) => `scenarios/${slug}/rules.yaml`
		);
		expect(await muster(['rules', 'check', ...files])).toMatchObject({ code: 0, out: '' });
	});

	it('reports the faults of the article’s rules, each at its place', async () => {
		const { code, out } = await muster(['rules', 'check', 'tests/fixtures/article-rules.yaml', '--json']);
		expect(code).toBe(1);
		const { problems, errors, warnings } = JSON.parse(out) as {
			problems: { code: string }[];
			errors: number;
			warnings: number;
		};
		expect([errors, warnings]).toEqual([1, 3]);
		expect(problems.map((problem) => problem.code)).toEqual([
			'rate_as_ratio',
			'rate_as_percentage',
			'yaml',
			'nested_template'
		]);
	});
});

describe('muster rules rehearse', () => {
	it('tells per scenario whether and when each rule fires, and shows how far it is', async () => {
		const rules = readFileSync(join(root, `scenarios/${SCENARIO}/rules.yaml`), 'utf8')
			.replaceAll('http_requests_total', 'app_requests_total')
			.replaceAll('job:slo_errors:ratio_rate5m', 'slo:errors');
		const file = at('team.yaml', rules);
		const map = at('map.yaml', 'metrics:\n  http_requests_total: app_requests_total\n');
		const ran = await muster(['rules', 'rehearse', file, '--scenarios', SCENARIO, '--map', map, '--json']);
		expect(ran.code).toBe(0);
		expect(ran.err).toContain(`1/1 ${SCENARIO}`);
		const { scenarios, summary } = JSON.parse(ran.out) as {
			scenarios: { impactMs: number; team: Rows; muster: Rows }[];
			summary: { team: { scenarios: number; missed: number; falseAlarms: number } };
		};
		const [result] = scenarios;
		const firedOf = (rows: Rows | undefined) =>
			rows?.rules.find(({ alert }) => alert === 'HighErrorRate')?.firedMs ?? 'silent';
		expect(firedOf(result?.team)).toBe(firedOf(result?.muster));
		expect(firedOf(result?.team)).toBeGreaterThan(result?.impactMs ?? Infinity);
		expect(summary.team).toMatchObject({ scenarios: 1, missed: 0, falseAlarms: 0 });
	});

	it('prints a table, and refuses what it cannot read in one line', async () => {
		const file = at('quiet.yaml', 'groups: [{ name: g, rules: [{ alert: Down, expr: up == 0 }] }]');
		const { out, code } = await muster(['rules', 'rehearse', file, '--scenarios', SCENARIO]);
		expect(code).toBe(0);
		expect(out).toContain('MISSED');
		expect(out).toMatch(/yours: 1 scenario: .* 1 missed, 0 false alarms/);
		const broken = await muster(['rules', 'rehearse', at('broken.yaml', 'groups: ['), '--scenarios', SCENARIO]);
		expect(broken.code).toBe(1);
		expect(broken.err).toContain('broken.yaml:1:10: yaml: ');
		expect((await muster(['rules', 'rehearse', join(folder, 'none.yaml')])).err).toContain('there is no file');
		expect((await muster(['rules', 'mend'])).code).toBe(2);
	});
});

interface Rows {
	rules: { alert: string; firedMs: number | null }[];
}

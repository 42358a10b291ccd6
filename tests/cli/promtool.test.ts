import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { promtoolExport, type PromtoolExport } from '../../src/lib/lab/promtool-export.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { shippedScenarios } from '../replay/scenarios.ts';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
const installed = !spawnSync('promtool', ['--version']).error;
const { scenarios } = shippedScenarios();
const named = scenarios.map((compiled) => [compiled.scenario.id, compiled] as const);
const first = scenarios[0] ?? expect.fail('no scenario is shipped');

interface TestFile {
	tests: {
		input_series: { series: string; values: string }[];
		alert_rule_test: { eval_time: string; alertname: string; exp_alerts: unknown[] }[];
	}[];
}

/** Played and written down once per scenario. */
const exported = new Map<string, PromtoolExport>();
function filesOf(compiled: CompiledScenario): PromtoolExport {
	const { id } = compiled.scenario;
	const known = exported.get(id) ?? promtoolExport(compiled, '1');
	exported.set(id, known);
	return known;
}

/** What `promtool test rules` says of an export. */
function judge(name: string, { files, testFile }: PromtoolExport): string {
	const out = join(folder, name);
	mkdirSync(out);
	for (const [file, text] of Object.entries(files)) writeFileSync(join(out, file), text);
	const { stdout, stderr } = spawnSync('promtool', ['test', 'rules', testFile], { cwd: out, encoding: 'utf8' });
	return stdout + stderr;
}

describe('a scenario as a unit test for promtool', () => {
	it.each(named)('%s: alerts are expected, and samples stand beside the evaluations', (_id, compiled) => {
		const { files, testFile } = filesOf(compiled);
		const text = files[testFile] ?? '';
		expect(text).toMatch(/never on one .* closed on the left/s);
		const [test] = (parse(text) as TestFile).tests;
		// Where customers tell before any rule does, there is none to expect.
		const told = compiled.scenario.truth.alerts.length > 0;
		expect(test?.alert_rule_test.some(({ exp_alerts }) => exp_alerts.length > 0)).toBe(told);
		for (const { series, values } of test?.input_series ?? []) {
			expect([series, slotsOf(values).filter((slot) => slot % 3 === 0)]).toEqual([series, []]);
		}
	});

	it.skipIf(!installed).each(named)('%s: promtool says SUCCESS', (id, compiled) => {
		expect(judge(id, filesOf(compiled))).toMatch(/^Unit Testing: +alerts\.test\.yaml\s+SUCCESS\s*$/);
	});

	it.skipIf(!installed)('promtool would fail if an alert were expected that does not come', () => {
		const { files, ...rest } = filesOf(first);
		const spoilt = (files[rest.testFile] ?? '').replace(/severity: (critical|warning)/, 'severity: none');
		expect(judge('spoilt', { ...rest, files: { ...files, [rest.testFile]: spoilt } })).toMatch(/FAILED/);
	});

	it('is the same again', () => {
		expect(promtoolExport(first, '1')).toEqual(filesOf(first));
	});
});

describe('muster export --promtool', () => {
	it('writes the files where it is told', async () => {
		const out = join(folder, 'told');
		const ran = await muster(['export', first.scenario.id, '--promtool', '--out', out]);
		expect(ran).toMatchObject({ code: 0, err: '' });
		expect(ran.out).toMatch(/\d+ alerts expected at \d+ moments\. Now run: promtool test rules /);
		for (const [file, text] of Object.entries(filesOf(first).files)) {
			expect(readFileSync(join(out, file), 'utf8')).toBe(text);
		}
	});

	it('says what is wrong with the call', async () => {
		const unknown = await muster(['export', 'nothing-like-it', '--promtool']);
		expect(unknown).toMatchObject({ code: 2, out: '' });
		expect(unknown.err).toMatch(/there is no scenario "nothing-like-it"/);
		const format = await muster(['export', 'x', '--promtool', '--format', 'md']);
		expect(format.err).toMatch(/--format does not go with --promtool/);
		expect(existsSync(join(root, 'nothing-like-it-promtool'))).toBe(false);
	});
});

/** Slots at which a line of values has something, as promtool counts them. */
function slotsOf(values: string): number[] {
	let slot = 0;
	const filled: number[] = [];
	for (const word of values.split(' ')) {
		const gap = /^_(?:x(\d+))?$/.exec(word);
		if (!gap) filled.push(slot);
		slot += gap ? Number(gap[1] ?? 1) : 1;
	}
	return filled;
}

import { describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { playerOf } from '../../lab/players.ts';
import { summarise } from '../../lab/result.ts';
import { simulate } from '../../lab/simulate.ts';
import { STUDIO_PLAYERS, type PreviewLine, type StudioRun, type StudioSystem } from '../../protocol/studio.ts';
import { starterFiles } from '../../scenario/starter/starter.ts';
import { readFiles } from '../scenarios/registry.ts';
import { check, preview } from './work.ts';
import { Workbench } from './workbench.ts';

const topologies = readFiles('scenarios/_topologies');
const files = starterFiles('mine', 'saas');
const edited = (from: string | RegExp, to: string) => ({
	...files,
	'scenario.yaml': (files['scenario.yaml'] ?? '').replace(from, to)
});

function previewed(given: Record<string, string>) {
	const lines: PreviewLine[] = [];
	preview(
		{ id: 'mine', files: given, seed: '1' },
		topologies,
		(line) => lines.push(line),
		() => undefined
	);
	const checked = lines.find((line) => line.type === 'checked');
	return {
		lines,
		problems: checked?.problems ?? [],
		system: checked?.system as StudioSystem,
		runs: Object.fromEntries(
			lines.flatMap((line) => (line.type === 'run' ? [[line.run.player, line.run]] : []))
		) as Record<string, StudioRun>
	};
}

describe('a preview', () => {
	const { lines, system, runs } = previewed(files);

	it('plays every policy, and ends', () => {
		expect(lines.map(({ type }) => type)).toEqual(['checked', ...STUDIO_PLAYERS.map(() => 'run'), 'done']);
		expect(Object.keys(runs)).toEqual([...STUDIO_PLAYERS]);
		expect([runs.none?.outcome, runs.ideal?.outcome]).toEqual(['unresolved', 'resolved']);
	});

	it.each(STUDIO_PLAYERS)('plays %s exactly as `muster simulate` does, however often it looks', (player) => {
		const { compiled } = check('mine', files, topologies);
		if (!compiled) throw new Error('it loads');
		const engine = createEngine(compiled, '1');
		const plain = summarise(engine, simulate(engine, { seed: '1', policy: playerOf(player, compiled, '1') }));
		const { outcome, endedMs, impactMinutes, score, alerts } = runs[player] as StudioRun;
		expect({ outcome, endedMs, impactMinutes, score }).toEqual({
			outcome: plain.outcome,
			endedMs: plain.endedMs,
			impactMinutes: plain.impactMinutes,
			score: plain.score
		});
		expect(alerts.filter(({ firedMs }) => firedMs !== null).map(({ name, firedMs }) => [name, firedMs])).toEqual(
			plain.alerts.map(({ name, firedMs }) => [name, firedMs])
		);
	});

	it('shows alerts while they wait, states with their causes, injects and metrics on one axis', () => {
		const [alert] = runs.none?.alerts ?? [];
		expect(alert?.name).toBe('ErrorShareHigh');
		expect(alert && alert.pendingMs < (alert.firedMs ?? 0)).toBe(true);
		expect(runs.none?.stays.map(({ state, fromMs }) => [state, fromMs])).toEqual([
			['healthy', 0],
			['failing', 30_000]
		]);
		expect(runs.none?.moments.filter(({ kind }) => kind === 'inject')).toHaveLength(2);
		expect(
			runs.ideal?.moments.some(({ kind, title }) => kind === 'action' && title.startsWith('Roll core-api back'))
		).toBe(true);
		const { fromMs, stepMs, points } = system.grid;
		const errors = runs.none?.series['core-api.errors'];
		expect(Array.isArray(errors) && errors.length).toBe(points);
		expect(Array.isArray(errors) && (errors[Math.round((600_000 - fromMs) / stepMs)] ?? 0) > 0.2).toBe(true);
	});

	it('draws the machine with what its author wrote on every way', () => {
		const [machine] = system.machines;
		expect(machine?.states.map(({ id }) => id)).toEqual(['healthy', 'failing', 'mitigated', 'resolved']);
		expect(machine?.edges).toContainEqual({ from: 'healthy', to: 'failing', by: 'time', label: 'after 30s' });
		expect(machine?.edges).toContainEqual({ from: 'failing', to: 'mitigated', by: 'mitigation', label: 'rollback' });
		expect(machine?.edges).toContainEqual({
			from: 'mitigated',
			to: 'resolved',
			by: 'condition',
			label: 'metric(core-api.errors) < 1% for 2m'
		});
	});

	it('says where the text is wrong, by its own files, and plays nothing then', () => {
		const wrong = previewed(edited('to: failing', 'to: faling'));
		expect(wrong.problems[0]).toMatchObject({ file: 'scenario.yaml', code: 'unknown_state', severity: 'error' });
		expect(wrong.problems[0]?.line).toBe(
			1 + (files['scenario.yaml'] ?? '').split('\n').findIndex((line) => line.includes('to: failing'))
		);
		expect(wrong.lines.map(({ type }) => type)).toEqual(['checked', 'done']);
		expect(wrong.system).toBeNull();
	});

	it('ends as soon as nobody waits for it', () => {
		let asked = 0;
		const stop = () => {
			if (++asked > 20) throw new Error('gone');
		};
		const told: string[] = [];
		expect(() => preview({ id: 'mine', files, seed: '1' }, topologies, (line) => told.push(line.type), stop)).toThrow(
			'gone'
		);
		expect(told).toEqual(['checked']);
	});
});

describe('what is written with bad intentions', () => {
	const bomb = [
		'a: &a [x, x, x, x, x, x, x, x, x, x]',
		...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`)
	].join('\n');
	const thousand = Array.from({ length: 1000 }, (_, i) => `s${i}`);
	const cases: [string, Record<string, string>, string, RegExp][] = [
		[
			'anchors that explode',
			{ 'scenario.yaml': bomb },
			'yaml_aliases',
			/multiply too far: write the repeated parts out/
		],
		['nesting without end', { 'scenario.yaml': '['.repeat(100_000) }, 'yaml_too_deep', /flatten it/],
		['a list where a map is meant', { 'scenario.yaml': '- 1\n' }, 'schema', /missing/],
		['two documents', { 'scenario.yaml': '--- {}\n--- {}\n' }, 'yaml', /multiple documents/],
		[
			'a circle of dependencies',
			edited(/services: \[.*\]/, '$&\n  dependencies: ["edge-lb>core-api", "core-api>redis", "redis>edge-lb"]'),
			'dependency_circle',
			/edge-lb > core-api > redis > edge-lb/
		],
		[
			'states that lead to each other without end',
			edited(
				/to: resolved }\n/,
				'to: resolved }\n          - { when: elapsed >= 0s, to: spin }\n      spin:\n        phase: mitigated\n        next:\n          - { when: elapsed >= 0s, to: mitigated }\n'
			),
			'endless_machine',
			/mitigated > spin > mitigated/
		],
		[
			'a thousand services',
			edited(
				'services: [',
				`override:\n${thousand.map((name) => `    ${name}: { kind: api, traffic: 1 }\n`).join('')}  services: [${thousand.join(', ')}, `
			),
			'too_many',
			/1003/
		],
		[
			'HTML that would act',
			edited(/^title: .*$/m, 'title: "<img src=x onerror=alert(1)><script>alert(1)</script>"'),
			'html',
			/./
		]
	];
	it.each(cases)('%s: one problem with its place', (_name, given, code, message) => {
		const { compiled, problems } = check('mine', given, topologies);
		expect(compiled).toBeNull();
		expect(problems[0]).toMatchObject({ code, message: expect.stringMatching(message) as string, severity: 'error' });
		expect(problems[0]?.line).toBeGreaterThan(0);
	});

	it('a pattern that would backtrack for ever: it does not here', () => {
		const rules = {
			...files,
			'rules.yaml': (files['rules.yaml'] ?? '').replace('status=~"5.."', 'status=~"((5+)+)+$|((a*)*)*b"')
		};
		expect(rules['rules.yaml']).not.toBe(files['rules.yaml']);
		expect(previewed(rules).lines.at(-1)?.type).toBe('done');
	});

	it('angle brackets in a text stay text', () => {
		const title = 'p95 <b>high</b> & a <3';
		const { system, runs, problems } = previewed(edited(/^title: .*$/m, `title: "${title}"`));
		expect(problems).toEqual([]);
		expect(system.title).toBe(title);
		expect(runs.none?.outcome).toBe('unresolved');
	});
});

describe('the thread', () => {
	it('gives up what never ends, says so, and goes on with the next', async () => {
		const told: string[] = [];
		const bench = new Workbench({
			root: process.cwd(),
			topologies,
			report: (problem) => told.push(problem),
			limitMs: 1
		});
		const lines: PreviewLine[] = [];
		await bench.preview({ id: 'mine', files, seed: '1' }, (line) => lines.push(line), new AbortController().signal);
		expect(lines.at(-1)).toMatchObject({ type: 'failed', message: expect.stringContaining('was given up') as string });
		expect((await bench.check('mine', files)).problems[0]?.message).toContain('was given up');
		await bench.close();
		expect(told).toEqual([]);

		const next = new Workbench({ root: process.cwd(), topologies, report: (problem) => told.push(problem) });
		const gone = new AbortController();
		const left = next.preview({ id: 'mine', files, seed: '1' }, () => gone.abort(), gone.signal);
		const checked = await next.check('mine', files);
		expect(checked.compiled?.scenario.id).toBe('mine');
		await left;
		await next.close();
		expect((await next.check('mine', files)).problems[0]?.message).toBe('Muster is ending.');
	});
});

import { describe, expect, it } from 'vitest';
import { FIXTURE, FIXTURE_TOPOLOGIES } from './testing/fixture.ts';
import { loadScenario, loadTopology, type Files } from './load.ts';
import { formatProblem } from './problem.ts';

function loaded(files: Files = FIXTURE, topologies: Files = FIXTURE_TOPOLOGIES) {
	const result = loadScenario('tiny-case', files, topologies);
	if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
	return result;
}

/** Code of each problem after replacing a text of scenario.yaml, and the text at the place it points to. */
function places(from: string, to: string): string[] {
	const text = FIXTURE['scenario.yaml'] ?? '';
	if (!text.includes(from)) throw new Error(`the fixture does not contain ${from}`);
	const spoilt = text.replace(from, to);
	const result = loadScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': spoilt }, FIXTURE_TOPOLOGIES);
	const at = (line: number, column: number) => (spoilt.split('\n')[line - 1] ?? '').slice(column - 1);
	return result.ok ? [] : result.problems.map(({ line, column, code }) => `${code} at ${at(line, column)}`);
}

describe('loadScenario', () => {
	it('compiles what it read', () => {
		const { compiled, warnings } = loaded();
		expect(warnings).toEqual([]);
		expect(compiled.dependencies).toEqual([{ from: 'front', to: 'api', errors: 0.9, latency: 1, delayMs: 5_000 }]);
		expect(compiled.rules.groups.map(({ name }) => name)).toEqual(['shared', 'own']);
		expect(compiled.runbookBodies).toEqual({ errors: '# Errors\nLook first.' });
		expect(new Date(compiled.startsAt).toISOString()).toBe('2026-03-10T09:40:00.000Z');
		expect(compiled.contentHash).toMatch(/^[0-9a-f]{64}$/);
	});

	it('gives a service what its kind has, where nothing is said', () => {
		const { services } = loaded().compiled;
		expect(services.api).toMatchObject({ p95: 180, errors: 0.002, cpu: 0.45, noise: 0.06 });
		expect(services.front).toMatchObject({ p95: 15, errors: 0.0005, cpu: 0.35, noise: 0.05 });
	});

	it('lays an override over the service as it is written', () => {
		const text = FIXTURE['scenario.yaml'] ?? '';
		const override =
			'topology: { base: tiny, services: [front, api, db], override: { api: { replicas: 9 }, db: { kind: db, traffic: 1 } } }';
		const changed = text.replace('topology: { base: tiny, services: [front, api] }', override);
		const { services } = loaded({ ...FIXTURE, 'scenario.yaml': changed }).compiled;
		expect(services.api).toMatchObject({ replicas: 9, version: '1.0.0', pool: { size: 10 } });
		expect(services.db).toMatchObject({ kind: 'db', p95: 4 });
	});

	it('has one hash for one content, whatever the comments and the layout', () => {
		const text = FIXTURE['scenario.yaml'] ?? '';
		const hash = loaded().compiled.contentHash;
		expect(loaded({ ...FIXTURE, 'scenario.yaml': `# a comment\n${text}` }).compiled.contentHash).toBe(hash);
		const otherTitle = text.replace('A tiny case', 'Another case');
		expect(loaded({ ...FIXTURE, 'scenario.yaml': otherTitle }).compiled.contentHash).not.toBe(hash);
		const otherRules = (FIXTURE['rules.yaml'] ?? '').replace('0.05', '0.06');
		expect(loaded({ ...FIXTURE, 'rules.yaml': otherRules }).compiled.contentHash).not.toBe(hash);
	});

	it.each([
		['a wrong value', 'difficulty: 1', 'difficulty: 9', 'schema at 9'],
		['a field that does not exist', 'class: change', 'clas: change', 'unknown_field at clas: change'],
		['a missing field', 'team: solo\n', '', 'schema at format: 1'],
		['a duration', 'at: -3m, service', 'at: -3x, service', 'schema at -3x, service'],
		['a share', 'floor: 1%', 'floor: lots', 'schema at lots }'],
		['a condition, inside', 'when: action(undo)', 'when: action(undo) xor declared', 'condition at xor declared'],
		['a quoted condition, inside', '< 0.5% for 2m"', '< wide"', 'condition at wide"'],
		[
			'an effect with two shapes',
			'ramp: { to: 9%',
			'step: { to: 1% }, ramp: { to: 9%',
			'schema at { metric: "api[version'
		],
		['an unknown topology', 'base: tiny', 'base: tyni', 'unknown_topology at tyni'],
		['an unknown service', 'services: [front, api]', 'services: [front, apo]', 'unknown_service at apo]'],
		['a clock that shows no time', 'zone: Europe/Paris', 'zone: Europe/Atlantis', 'clock at 10:40'],
		['an id unlike the folder', 'id: tiny-case', 'id: other-case', 'id at other-case'],
		['a runbook without a file', 'runbooks: [errors]', 'runbooks: [erors]', 'unknown_runbook at erors]']
	])('places %s', (_, from, to, place) => {
		expect(places(from, to).map((found) => found.slice(0, place.length))).toContain(place);
	});

	it('says of a text that a comma cut short what became of it', () => {
		const text = (FIXTURE['scenario.yaml'] ?? '').replace('{ level: P2 }', '{ level: P2, note: Half of it, or more }');
		const result = loadScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES);
		expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual([
			expect.stringContaining('"or more" comes after one: put the whole text in quotes')
		]);
	});

	it.each([
		['xyz', 'there are front, api; or describe it under topology.override'],
		['frnt', 'did you mean "front"? Or describe it under topology.override']
	])('names what the archetype has where it has no %s', (name, hint) => {
		const text = (FIXTURE['scenario.yaml'] ?? '').replace('services: [front, api]', `services: [front, api, ${name}]`);
		const result = loadScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES);
		expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual([expect.stringContaining(hint)]);
	});

	it('places mistakes in the front matter of a runbook on their line of the file', () => {
		const markdown = (FIXTURE['runbooks/errors.md'] ?? '').replace('kind: manual', 'kind: magic');
		const result = loadScenario('tiny-case', { ...FIXTURE, 'runbooks/errors.md': markdown }, FIXTURE_TOPOLOGIES);
		expect(result.ok ? [] : result.problems.map(formatProblem)[0]).toMatch(
			/^tiny-case\/runbooks\/errors\.md:7:\d+: schema: /
		);
	});

	it('refuses a runbook without front matter, and a scenario without its file', () => {
		const naked = loadScenario('tiny-case', { ...FIXTURE, 'runbooks/errors.md': '# Errors' }, FIXTURE_TOPOLOGIES);
		expect(naked).toMatchObject({ ok: false, problems: [{ code: 'front_matter', line: 1 }] });
		expect(loadScenario('tiny-case', {}, FIXTURE_TOPOLOGIES)).toMatchObject({
			ok: false,
			problems: [{ code: 'missing_file' }]
		});
	});

	it('never throws, whatever stands in the file', () => {
		const hostile = [
			'',
			'[]',
			'null',
			'42',
			'- a',
			'a: *b',
			'\u0000',
			'{',
			'__proto__: 1',
			'faults: [1]',
			'topology: { override: 1 }',
			'--- !<x> y'
		];
		for (const text of hostile) {
			expect(loadScenario('tiny-case', { ...FIXTURE, 'scenario.yaml': text }, FIXTURE_TOPOLOGIES).ok).toBe(false);
			expect(loadScenario('tiny-case', FIXTURE, { ...FIXTURE_TOPOLOGIES, 'tiny.yaml': text }).ok).toBe(false);
			loadScenario('tiny-case', { ...FIXTURE, 'rules.yaml': text }, FIXTURE_TOPOLOGIES);
		}
	});
});

describe('loadTopology', () => {
	it('checks a topology by itself', () => {
		expect(loadTopology('tiny', FIXTURE_TOPOLOGIES).problems).toEqual([]);
		const spoilt = (FIXTURE_TOPOLOGIES['tiny.yaml'] ?? '')
			.replace('share: 0.6', 'share: 0.5')
			.replace('to: api', 'to: apy');
		expect(loadTopology('tiny', { 'tiny.yaml': spoilt }).problems.map(({ code, line }) => `${line} ${code}`)).toEqual([
			'10 endpoint_shares',
			'20 unknown_service'
		]);
	});
});

import { expect, it } from 'vitest';
import { lintScenario } from '../../scenario/lint.ts';
import { loadScenario } from '../../scenario/load.ts';
import { formatProblem } from '../../scenario/problem.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from '../../scenario/testing/fixture.ts';
import { addInjects, type InjectToWrite } from './inject-yaml.ts';

const inject = (over: Partial<InjectToWrite> = {}): InjectToWrite => ({
	id: 'told',
	atMs: 330_000,
	channel: 'exec',
	from: 'VP "Product"',
	to: 'incident_commander',
	text: '<b>When</b> {{metric api.errors}}\nis it over?',
	expected: '',
	asks: true,
	...over
});
const SCENARIO = FIXTURE['scenario.yaml'] ?? '';
const written = (scenario: string, injects = [inject()]) => {
	const added = addInjects(scenario, injects);
	if (!added.ok) throw new Error(added.message);
	return added.text;
};

it('puts them after those of the scenario, and changes nothing else', () => {
	const text = written(SCENARIO);
	const added = text.split('\n').filter((line) => !SCENARIO.split('\n').includes(line));
	expect(added).toHaveLength(7);
	expect(SCENARIO.split('\n').every((line) => text.split('\n').includes(line))).toBe(true);
	const files = { ...FIXTURE, 'scenario.yaml': text };
	expect(lintScenario('tiny-case', files, FIXTURE_TOPOLOGIES).map(formatProblem)).toEqual(
		lintScenario('tiny-case', FIXTURE, FIXTURE_TOPOLOGIES).map(formatProblem)
	);
	const loaded = loadScenario('tiny-case', files, FIXTURE_TOPOLOGIES);
	expect(loaded.ok && loaded.compiled.scenario.injects.at(-1)).toMatchObject({
		id: 'told',
		at: 330_000,
		from: 'VP "Product"',
		text: '<b>When</b> { {metric api.errors}} is it over?',
		to: 'incident_commander',
		asks: true
	});
});

it.each([
	['none', 'a: 1\n', 'a: 1\n\ninjects:\n  - id: told\n'],
	['an empty list', 'injects: []\nb: 2\n', 'injects:\n  - id: told\n'],
	['a list without indent', 'injects:\n- id: one\n\nb: 2\n', 'injects:\n- id: one\n- id: told\n  at: 5m30s\n'],
	['a list at the end', 'injects:\n    - id: one', 'injects:\n    - id: one\n    - id: told\n']
])('knows its place where the scenario has %s', (_, scenario, beginning) => {
	const text = written(scenario);
	expect(text.startsWith(beginning)).toBe(true);
	if (scenario.includes('b: 2')) expect(text).toContain('\nb: 2\n');
});

it('says what it cannot write into', () => {
	expect(addInjects('injects: [{ id: a }]\n', [inject()])).toMatchObject({ ok: false });
	expect(addInjects('injects: 3\n', [inject()])).toMatchObject({ ok: false });
	expect(addInjects('a: [', [inject()])).toMatchObject({ ok: false });
});

it('keeps HTML that would act from being any, and leaves the rest as it is written', () => {
	const text = written('a: 1\n', [
		inject({ text: '<script>x</script> <b>bold</b> 3 < 4 <img src=x onerror=y> javascript:z' })
	]);
	expect(text).toContain('text: "‹script>x‹/script> <b>bold</b> 3 < 4 ‹img src=x onerror=y> javascript :z"');
});

// What nobody writes by accident: each is refused with a sentence that says what, where and how to mend it, within no time.

import { expect, it } from 'vitest';
import { FIXTURE, FIXTURE_TOPOLOGIES } from './testing/fixture.ts';
import { loadScenario, type Files } from './load.ts';
import { formatProblem } from './problem.ts';

function problems(files: Files, topologies: Files = FIXTURE_TOPOLOGIES): string[] {
	const loaded = loadScenario('tiny-case', { ...FIXTURE, ...files }, topologies);
	return loaded.ok ? [] : loaded.problems.map(formatProblem);
}
const scenario = (from: string, to: string): Files => {
	const text = FIXTURE['scenario.yaml'] ?? '';
	expect(text).toContain(from);
	return { 'scenario.yaml': text.replace(from, to) };
};

it('refuses a cycle in dependencies', () => {
	const circle = scenario(
		'services: [front, api] }',
		'services: [front, api], dependencies: ["front>api", "api>front"] }'
	);
	expect(problems(circle)).toEqual([
		expect.stringMatching(/^tiny-case\/scenario\.yaml:\d+:\d+: dependency_circle: .*front > api > front/)
	]);
});

it('refuses a thousand services, in a scenario and in a topology', () => {
	const names = Array.from({ length: 1000 }, (_, i) => `s${i}`);
	expect(problems(scenario('[front, api] }', `[${names.join(', ')}] }`))).toEqual([
		expect.stringContaining('too_many: 1000 services are too many, 100 is the limit')
	]);
	const tiny = FIXTURE_TOPOLOGIES['tiny.yaml'] ?? '';
	const many = names.map((name) => `  ${name}: { kind: api, traffic: 1 }`).join('\n');
	const chain = names.slice(1).map((name, i) => `  - { from: s${i}, to: ${name} }`);
	const large = tiny
		.replace('services:\n', `services:\n${many}\n`)
		.replace('dependencies:\n', `dependencies:\n${chain.join('\n')}\n`);
	expect(problems({}, { ...FIXTURE_TOPOLOGIES, 'tiny.yaml': large })).toEqual([
		expect.stringMatching(/^_topologies\/tiny\.yaml:\d+:\d+: too_many: 1002 services/)
	]);
});

it('refuses an endless machine, and one of a hundred states', () => {
	const spin = scenario(
		'- { after: 20s, to: broken }',
		'- { after: 20s, to: broken }\n          - { when: elapsed > 1s, to: mended }'
	);
	const back = {
		'scenario.yaml': (spin['scenario.yaml'] ?? '').replace(
			'phase: mitigated',
			'phase: mitigated\n        next: [{ when: elapsed > 2s, to: calm }]'
		)
	};
	expect(problems(back)).toEqual([
		expect.stringContaining('endless_machine: this goes round for ever within no time: calm > mended > calm')
	]);
	const states = Array.from(
		{ length: 100 },
		(_, i) => `      x${i}: { phase: latent, next: [{ after: 1s, to: x${(i + 1) % 100} }] }`
	);
	expect(problems(scenario('      mended:\n', `${states.join('\n')}\n      mended:\n`))).toEqual([
		expect.stringContaining('too_many: 103 states of one fault are too many')
	]);
});

it('reads a regular expression that would backtrack for ever elsewhere', () => {
	const rules = (FIXTURE['rules.yaml'] ?? '').replace('status=~"5.."', 'status=~"(5+)+$",service=~"(a*)*b"');
	expect(problems({ 'rules.yaml': rules })).toEqual([]);
});

it('reads texts that are made to be slow', () => {
	const spaces = ' '.repeat(200_000);
	expect(problems(scenario('synopsis: Something breaks.', `synopsis: "{{a${spaces}"`))[0]).toMatch(/synopsis: Too big/);
	expect(problems(scenario('after: 20s', `after: "${spaces}"`))[0]).toMatch(/schema/);
	expect(problems(scenario('when: declared, by', `when: "${'('.repeat(1999)}", by`))[0]).toMatch(/nested too deeply/);
	expect(problems(scenario('when: declared, by', `when: "declared${' or declared'.repeat(10_000)}", by`))[0]).toMatch(
		/split it/
	);
	expect(problems(scenario('metric: api.errors, floor', `metric: "api[a=${spaces}x].errors", floor`))[0]).toMatch(
		/schema/
	);
});

it('refuses YAML whose anchors explode', () => {
	const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
	for (let i = 1; i < 10; i += 1)
		bomb.push(
			`a${i}: &a${i} [${Array(10)
				.fill(`*a${i - 1}`)
				.join(', ')}]`
		);
	expect(problems({ 'scenario.yaml': bomb.join('\n') })).toEqual([
		expect.stringContaining('yaml_aliases: aliases (*name) multiply too far')
	]);
});

it.each([
	[
		'in a scenario',
		'scenario.yaml',
		'Something breaks.',
		'A <script>alert(1)</script>.',
		/scenario\.yaml:4:13: html: /
	],
	['in a rule', 'rules.yaml', 'Errors in', '<iframe src=//evil> in', /rules\.yaml:\d+:\d+: html: /],
	[
		'in a runbook',
		'runbooks/errors.md',
		'Look first.',
		'Look [here](javascript:alert(1)).',
		/errors\.md:\d+:\d+: html: /
	]
])('refuses HTML that acts %s, and shows the rest as text', (_, file, from, to, expected) => {
	const text = FIXTURE[file] ?? '';
	expect(text).toContain(from);
	expect(problems({ [file]: text.replace(from, to) })[0]).toMatch(expected);
	expect(problems({ [file]: text.replace(from, 'Pod <none> is <b>gone</b>') })).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { loadScenario } from './load.ts';
import { checkOwnRunbook, isOffered, readOwnRunbook, withOwnRunbooks, type OwnRunbook } from './own-runbook.ts';
import { formatProblem } from './problem.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from './testing/fixture.ts';

const loaded = loadScenario('tiny-case', FIXTURE, FIXTURE_TOPOLOGIES);
if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
const { compiled } = loaded;
const alert = compiled.rules.groups.flatMap(({ rules }) => rules).find((rule) => typeof rule.alert === 'string')
	?.alert as string;

const read = (text: string, file = 'ops/Redis full.md'): OwnRunbook => {
	const reading = readOwnRunbook(file, text);
	if (!reading.ok) throw new Error(reading.problems.map(formatProblem).join('\n'));
	return reading.parsed.value;
};
const refusal = (text: string) => {
	const reading = readOwnRunbook('a.md', text);
	return reading.ok ? [] : reading.problems.map(formatProblem);
};
const PLAIN = `# Redis is full\n\nWho to ask: Ravi.\n\n1. **Look** at the memory\n\n   \`redis-cli info memory\`\n2. Ask before you flush\n   Sessions live there.\n\n## Afterwards\n\nWrite it down.\n`;

describe('a team’s runbook', () => {
	it('is taken as it stands: name from its heading, steps from its list', () => {
		expect(read(PLAIN)).toEqual({
			id: 'redis-full',
			name: 'Redis is full',
			alerts: [],
			scenarios: [],
			updated: '',
			steps: [
				{ id: 'step-1', title: 'Look at the memory', kind: 'manual', text: '`redis-cli info memory`' },
				{ id: 'step-2', title: 'Ask before you flush', kind: 'manual', text: 'Sessions live there.' }
			],
			body: 'Who to ask: Ravi.\n\n## Afterwards\n\nWrite it down.'
		});
	});

	it('may say in its front matter what it is for, beside what other tools wrote there', () => {
		const own = read(
			'---\ntitle: Ours\nowner: team-a\ntags: [x]\nalerts: HighErrorRate\nscenarios: [tiny-case]\nupdated: 2026-01-02\nsteps:\n  - { title: Look, kind: decision }\n  - { id: undo, title: Undo, kind: automated, runs: undo }\n---\nText\n'
		);
		expect(own).toMatchObject({
			name: 'Ours',
			alerts: ['HighErrorRate'],
			scenarios: ['tiny-case'],
			updated: expect.stringContaining('2026')
		});
		expect(own.steps.map(({ id, kind }) => [id, kind])).toEqual([
			['step-1', 'decision'],
			['undo', 'automated']
		]);
		expect(own.body).toBe('Text');
	});

	it.each([
		[
			'Just words\n',
			['a.md:1:1: no_steps: there are no steps: write a numbered list, or `steps:` in the front matter']
		],
		['---\nname: x\nalerts: [\n---\n1. a\n', [expect.stringMatching(/^a\.md:\d+:\d+: yaml: /)]],
		['---\nname: x\n1. a\n', ['a.md:1:1: front_matter: the front matter is never closed: end it with a line of ---']],
		[
			'---\nname: x\nsteps:\n  - { title: a, kind: magic }\n---\n',
			[expect.stringMatching(/^a\.md:4:\d+: schema: steps\[0\]\.kind/)]
		],
		[
			'---\nsteps:\n  - { id: a, title: a }\n  - { id: a, title: b }\n---\n',
			[expect.stringMatching(/^a\.md:4:1: duplicate/)]
		],
		[`1. ${'x'.repeat(300_000)}`, [expect.stringContaining('larger than 256 KiB')]],
		['---\nname: x\n---\nNo list here.\n', [expect.stringMatching(/^a\.md:4:1: no_steps/)]]
	])('is refused with its line where it cannot be one (%#)', (text, problems) => {
		expect(refusal(text)).toEqual(problems);
	});

	it('is advised where it is mapped to nothing that is there', () => {
		const advice = (text: string) => {
			const reading = readOwnRunbook('a.md', text);
			if (!reading.ok) throw new Error('refused');
			return checkOwnRunbook(reading.parsed, { scenarios: ['tiny-case'], alerts: new Set([alert]) }).map(formatProblem);
		};
		expect(advice(PLAIN)).toEqual([expect.stringContaining('not_mapped')]);
		expect(advice(`---\nscenarios: [tiny, "*"]\nalerts: [Nope, ${alert}]\n---\n${PLAIN}`)).toEqual([
			'a.md:2:1: unknown_scenario: there is no scenario "tiny"',
			'a.md:3:1: unknown_alert: no scenario has an alert "Nope"'
		]);
	});
});

describe('a scenario with a team’s runbooks', () => {
	const own = (over: Partial<OwnRunbook>): OwnRunbook => ({ ...read(PLAIN), ...over });

	it.each([
		[{}, false],
		[{ scenarios: ['*'] }, true],
		[{ scenarios: ['tiny-case'] }, true],
		[{ scenarios: ['other'], alerts: [alert] }, false],
		[{ alerts: [alert] }, true],
		[{ alerts: ['Other'] }, false]
	])('offers %j: %s', (over, offered) => {
		expect(isOffered(own(over), compiled)).toBe(offered);
	});

	it('carries those that are mapped to it under ids that no scenario has, and is another version', () => {
		const grown = withOwnRunbooks(compiled, [own({ scenarios: ['*'] }), own({ id: 'else' })]);
		expect(grown.runbooks.map(({ id }) => id)).toEqual(['errors', 'team:redis-full']);
		expect(grown.runbookBodies['team:redis-full']).toContain('Who to ask');
		expect(grown.contentHash).not.toBe(compiled.contentHash);
		expect(withOwnRunbooks(compiled, [own({})])).toBe(compiled);
	});

	it('lets a tool do a step where the scenario has it, and people where not', () => {
		const steps = [
			{ id: 'a', title: 'a', kind: 'automated' as const, runs: 'undo', text: '' },
			{ id: 'b', title: 'b', kind: 'automated' as const, runs: 'nothing', text: '' }
		];
		const grown = withOwnRunbooks(compiled, [own({ scenarios: ['*'], steps })]);
		expect(grown.runbooks.at(-1)?.steps.map(({ kind, runs }) => [kind, runs])).toEqual([
			['automated', 'undo'],
			['manual', undefined]
		]);
	});
});

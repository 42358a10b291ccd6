import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { markdownOf } from '../../postmortem/markdown.ts';
import { lintScenario } from '../../scenario/lint.ts';
import { loadScenario, type Files } from '../../scenario/load.ts';
import { formatProblem } from '../../scenario/problem.ts';
import { playerOf } from '../players.ts';
import { simulate } from '../simulate.ts';
import { draftScenario, type DraftResult } from './draft-scenario.ts';
import { storyOf } from './plan.ts';
import { readPostmortem, type PostmortemText } from './postmortem-text.ts';

const folder = (name: string) => readFileSync(`scenarios/_topologies/${name}`, 'utf8');
const TOPOLOGIES: Files = Object.fromEntries(
	['saas', 'shop', 'stream', 'ledger', 'iot', 'platform'].flatMap((id) =>
		[`${id}.yaml`, `${id}.rules.yaml`].map((name) => [name, folder(name)])
	)
);
const ARTICLE = readFileSync('tests/fixtures/INC-2024-001.md', 'utf8');

const read = (text: string): PostmortemText => {
	const reading = readPostmortem(text);
	if (!reading.ok) throw new Error(reading.message);
	return reading.postmortem;
};
const draft = (text: string) => {
	const drafted = draftScenario(read(text), TOPOLOGIES);
	if (!drafted.ok) throw new Error(drafted.message);
	return drafted;
};
const problems = ({ slug, files }: Extract<DraftResult, { ok: true }>) =>
	lintScenario(slug, files, TOPOLOGIES).map(formatProblem);
const play = ({ slug, files }: Extract<DraftResult, { ok: true }>, player: 'ideal' | 'none') => {
	const loaded = loadScenario(slug, files, TOPOLOGIES);
	if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
	const { state } = simulate(createEngine(loaded.compiled, '1'), {
		seed: '1',
		policy: playerOf(player, loaded.compiled, '1')
	});
	return state.outcome;
};

describe('the post-mortem of the article', () => {
	it('is read whole', () => {
		const postmortem = read(ARTICLE);
		expect(postmortem).toMatchObject({
			key: 'INC-2024-001',
			durationMinutes: 47,
			rootCause: 'Memory leak in caching layer after dependency update',
			unplaced: []
		});
		expect(postmortem.timeline.map(({ minutes }) => minutes)).toEqual([0, 2, 5, 12, 19, 28, 35, 42, 47]);
		expect(postmortem.whys).toHaveLength(5);
		expect(postmortem.wentWrong).toHaveLength(4);
		expect(postmortem.actions[0]).toEqual({ title: 'Extend load test duration to 2 hours', owner: 'performance-team' });
	});

	it('gives every line of its timeline a place', () => {
		const { people, attempts, injects, changes, over, acknowledged } = storyOf(read(ARTICLE));
		expect(people.length + attempts.length + injects.length + changes.length).toBe(9);
		expect(attempts).toEqual([
			{ name: 'Rolling restart', minutes: 19, verdict: 'harmful' },
			{ name: 'Fix deployed to production', minutes: 42, verdict: 'effective' }
		]);
		expect([acknowledged, over]).toEqual([2, 47]);
	});

	it('becomes a draft that lints, that can be won, and not by waiting', () => {
		const drafted = draft(ARTICLE);
		expect(problems(drafted)).toEqual([]);
		expect(play(drafted, 'ideal')).toBe('resolved');
		expect(play(drafted, 'none')).toBe('unresolved');
	});

	it('lists what a person must still decide, where it stands', () => {
		const { slug, files, decisions } = draft(ARTICLE);
		expect(decisions.length).toBeGreaterThan(15);
		const severity = decisions.find(({ written }) => written.startsWith('severity'));
		expect(severity).toMatchObject({ file: `${slug}/scenario.yaml`, question: expect.stringContaining('by impact') });
		expect(files['scenario.yaml']?.split('\n')[(severity?.line ?? 0) - 1]).toContain('severity: { level: P2 }');
	});
});

it('comes full circle: INC-2024-001 played, its post-mortem exported, and drafted from', () => {
	const slug = 'memory-leak-cache-library';
	const file = (name: string) => readFileSync(`scenarios/${slug}/${name}`, 'utf8');
	const runbooks = readdirSync(`scenarios/${slug}/runbooks`).map((name) => {
		const path = `runbooks/${name}`;
		return [path, file(path)] as const;
	});
	const files = Object.fromEntries([
		['scenario.yaml', file('scenario.yaml')],
		['rules.yaml', file('rules.yaml')],
		...runbooks
	]);
	const loaded = loadScenario(slug, files, TOPOLOGIES);
	if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
	const { events } = simulate(createEngine(loaded.compiled, '1'), {
		seed: '1',
		policy: playerOf('ideal', loaded.compiled, '1')
	});
	const markdown = markdownOf(events, { key: 'INC-2024-001', policy: DEFAULT_SEVERITY_POLICY });
	const drafted = draft(markdown);
	expect(problems(drafted)).toEqual([]);
	expect(drafted.files['scenario.yaml']).toContain('cache-lib-svc is at fault');
	expect(drafted.files['rules.yaml']).toContain('alert: ServiceMemoryHigh');
	expect(play(drafted, 'ideal')).toBe('resolved');
	expect(play(drafted, 'none')).toBe('unresolved');
});

describe('other post-mortems', () => {
	it('pass midnight, keep what cannot be placed, and tell customers’ words as injects', () => {
		const text = `Some words before.\n## Timeline\n- 23:50 - HighErrorRate fired on checkout\n- 23:58 - Support: three customers cannot pay\n- 00:04 - Rolled back the release\n- 00:10 - Resolved\n- later - we slept\n`;
		const postmortem = read(text);
		expect(postmortem.timeline.map(({ minutes }) => minutes)).toEqual([0, 8, 14, 20]);
		expect(postmortem.unplaced.map(({ line, text }) => [line, text])).toEqual([
			[1, 'Some words before.'],
			[7, '- later - we slept']
		]);
		const drafted = draft(text);
		expect(problems(drafted)).toEqual([]);
		expect(drafted.files['scenario.yaml']).toContain('base: shop');
		expect(drafted.files['scenario.yaml']).toContain(
			'at: 11m, channel: ticket, from: Support, text: "Support: three customers'
		);
	});

	it.each([
		['', 'there is no timeline'],
		['# Incident Post-Mortem: [X]\n## Timeline\n_Nothing recorded._\n', 'there is no timeline'],
		['x'.repeat(300_000), 'larger than 256 KiB'],
		['\0\0', 'no text'],
		[`- **Impact:** ${'1'.repeat(5_000)} users`, 'longer than 4000 characters']
	])('%# are refused with a way to mend them', (text, words) => {
		expect(readPostmortem(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
	});

	it('keep their words as words, whatever these look like', () => {
		const nasty = fc.oneof(
			fc.string({ maxLength: 60 }),
			fc.constantFrom(
				'{{metric core-api.errors}}',
				'<script>alert(1)</script>',
				'"\'`: {[&*#!|>%@',
				'- - -',
				'---',
				'\u2028\u0085x'
			)
		);
		fc.assert(
			fc.property(nasty, nasty, nasty, nasty, (title, line, why, action) => {
				const one = (words: string) => words.replace(/[\r\n\0]/g, ' ');
				const text = `# Incident Post-Mortem: [${one(title)}] ${one(title)}\n## Executive Summary\n- **Impact:** ${one(line)}\n## Timeline\n- 10:00 - ${one(line)} fired\n- 10:05 - Rolled back ${one(action)}\n## Root Cause Analysis\n**Why ${one(why)}?**\n${one(why)}\n## Action Items\n| ${one(action)} | ${one(title)} | | |\n`;
				const reading = readPostmortem(text);
				if (!reading.ok) return;
				const drafted = draftScenario(reading.postmortem, { 'saas.yaml': TOPOLOGIES['saas.yaml'] ?? '' });
				if (!drafted.ok) throw new Error(drafted.message);
				const found = lintScenario(drafted.slug, drafted.files, TOPOLOGIES);
				expect(found.map(formatProblem)).toEqual([]);
			}),
			{ seed: 7, numRuns: 40 }
		);
	});
});

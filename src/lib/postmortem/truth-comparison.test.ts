import { describe, expect, it } from 'vitest';
import type { GroundTruth } from '../incident/truth.ts';
import type { PostmortemDocument } from './document.ts';
import { EMPTY } from './shared.ts';
import { SMALL } from './testing.ts';
import { compareWithTruth } from './truth-comparison.ts';
import { keywords, overlap } from './words.ts';

const TRUTH: GroundTruth = {
	scenario: 's',
	title: 't',
	rootCause: 'Release 3.9.0 of cache-lib keeps every entry: a memory leak',
	trigger: 'The dependency update of cache-lib-svc went out at 13:38',
	failureClass: 'leak',
	severity: 'P2',
	severityMayBeHigher: false,
	services: ['cache-lib-svc'],
	customersSee: '',
	whys: [
		{
			question: '',
			answer: 'The canary ran for 20 minutes, the leak shows after 45',
			category: 'process',
			rootCause: true
		},
		{ question: '', answer: 'Nobody reviews changelogs of dependencies', category: 'process', rootCause: true }
	],
	redHerrings: ['A spike of traffic from a marketing campaign'],
	mitigations: [],
	runbookId: null,
	runbookDefects: [{ runbookId: 'r', stepId: null, defect: 'stale', note: 'The runbook names jhat, which is gone' }],
	objectives: [],
	debriefQuestions: [],
	expected: {
		detectionMs: null,
		mitigationMs: null,
		resolutionMs: null,
		rolesNeeded: [],
		statusUpdatesNeeded: 0,
		escalationNeeded: false
	},
	cost: null,
	usersTotal: null,
	precedent: '',
	actionItems: []
};

const document = (over: Partial<PostmortemDocument>): PostmortemDocument => ({
	...SMALL,
	summary: { ...SMALL.summary, rootCause: '' },
	whys: [],
	contributingFactors: [],
	wentWrong: [],
	...over
});
const why = (answer: string, over: object = {}) => ({ ...EMPTY.whys, id: 'y', question: 'Why?', answer, ...over });
const verdicts = (over: Partial<PostmortemDocument>, logText?: (seq: number) => string): string[] =>
	compareWithTruth(document(over), TRUTH, logText).truths.map(({ id, verdict }) => `${id} ${verdict}`);

describe('what was found of the truth', () => {
	it.each<[string, Partial<PostmortemDocument>, string, string]>([
		['nothing said', {}, 'cause', 'missed'],
		['the cause in other words', { whys: [why('Memory leak in cache-lib since release 3.9.0')] }, 'cause', 'found'],
		['half of it', { whys: [why('cache-lib leaks')] }, 'cause', 'partly'],
		['something else', { whys: [why('DNS was slow to answer')] }, 'cause', 'missed'],
		['a why', { whys: [why('The canary runs 20 minutes and the leak needs 45')] }, 'why-1', 'found'],
		['a factor', { contributingFactors: [{ id: 'c', text: 'No review of dependency changelogs' }] }, 'why-2', 'found'],
		['a runbook', { wentWrong: [{ id: 'x', text: 'Runbook names jhat, which is gone' }] }, 'runbook-1', 'found']
	])('%s', (_name, over, id, verdict) => expect(verdicts(over)).toContain(`${id} ${verdict}`));

	it('counts what the linked evidence shows', () => {
		const linked = { whys: [why('It leaks', { events: [9] })] };
		expect(verdicts(linked)).toContain('cause missed');
		expect(verdicts(linked, () => 'cache-lib 3.9.0 keeps every entry in memory')).toContain('cause found');
	});

	it('says why it thinks so', () => {
		const [row] = compareWithTruth(document({ whys: [why('Memory leak in cache-lib 3.9.0')] }), TRUTH).truths;
		expect(row?.reason).toMatch(/^\d+% of its words: .*cache-lib/);
		expect(row?.by).toMatchObject({ section: 'whys', itemId: 'y' });
	});
});

describe('what the analysis says beside it', () => {
	it.each<[string, ReturnType<typeof why>, string, RegExp]>([
		['true', why('A memory leak in cache-lib 3.9.0'), 'true', /cache-lib/],
		['on evidence', why('The status page was late', { evidence: 'chat at 14:40' }), 'evidenced', /stands on evidence/],
		['on nothing', why('The status page was late'), 'unsupported', /No evidence/],
		['a false trail', why('A traffic spike by the marketing campaign', { events: [3] }), 'unsupported', /false trail/]
	])('%s', (_name, one, verdict, reason) => {
		const [row] = compareWithTruth(document({ whys: [one] }), TRUTH).claims;
		expect(row?.verdict).toBe(verdict);
		expect(row?.reason).toMatch(reason);
	});

	it('leaves out what people said they do not know', () => {
		const unknown = document({ summary: { ...SMALL.summary, rootCause: 'Not found yet.' } });
		expect(compareWithTruth(unknown, TRUTH).claims).toEqual([]);
	});
});

describe('words', () => {
	it.each<[string, string[]]>([
		['The deploys were failing', ['deploy', 'fail']],
		['cache-lib-svc 3.9.0', ['cache-lib-svc', 'cach', 'lib', 'svc', '3.9.0']],
		['Dependencies and a dependency', ['dependency']],
		['It was not so', []],
		['', []]
	])('%s', (text, expected) => expect([...keywords(text)]).toEqual(expected));
	it('weighs names double', () => {
		expect(overlap(keywords('leak 3.9.0'), keywords('3.9.0')).share).toBeCloseTo(2 / 3);
	});
});

import { describe, expect, it } from 'vitest';
import { findLacks } from './completeness.ts';
import type { PostmortemDocument } from './document.ts';
import { EMPTY } from './shared.ts';
import { SMALL } from './testing.ts';

/** One that lacks nothing. */
const WHOLE: PostmortemDocument = {
	...SMALL,
	actionItems: [
		...SMALL.actionItems,
		{ ...EMPTY.actionItems, ...SMALL.actionItems[0], id: 'a2', kind: 'detect', title: 'Detect: slope of the heap' }
	]
};
const [y1, y2] = SMALL.whys;
const [action] = WHOLE.actionItems;
const [t1, t2] = SMALL.timeline;
if (!y1 || !y2 || !action || !t1 || !t2) throw new Error('the small post-mortem is too small');
const late = (minutes: number) => ({ ...t2, id: 't9', time: '15:00', at: (t1.at ?? 0) + minutes * 60_000 });

const codes = (over: Partial<PostmortemDocument>): string[] =>
	findLacks({ ...WHOLE, ...over }, { names: ['Ben'] }).map(({ code, section, itemId }) =>
		itemId === null ? `${code} ${section}` : `${code} ${section}/${itemId}`
	);

describe('findLacks', () => {
	it.each<[string, Partial<PostmortemDocument>, string[]]>([
		['nothing', {}, []],
		['no title', { title: ' ' }, ['empty title']],
		['no root cause', { summary: { ...SMALL.summary, rootCause: 'Not found yet.' } }, ['empty summary.rootCause']],
		['an empty section', { lessons: [] }, ['empty lessons']],
		['an unanswered why', { whys: [{ ...y1, answer: '' }, y2] }, ['unanswered whys/y1']],
		['no evidence', { whys: [{ ...y1, evidence: ' ', events: [] }, y2] }, ['no_evidence whys/y1']],
		[
			'an answer that says its question',
			{ whys: [{ ...y1, answer: 'Requests failed.' }, y2] },
			['repeats_question whys/y1']
		],
		[
			'an answer that says the one above it',
			{ whys: [y1, { ...y2, answer: 'The cache ran out of memory' }] },
			['repeats_question whys/y2']
		],
		['no root cause marked', { whys: [y1, { ...y2, rootCause: false }] }, ['no_root_cause whys']],
		[
			'a root cause that is asked on',
			{ whys: [{ ...y1, rootCause: true }, y2] },
			['below_root_cause whys/y1', 'no_action actionItems', 'no_action actionItems']
		],
		[
			'an undecided factor',
			{ systemicFactors: [{ ...EMPTY.systemicFactors, id: 'f', text: 'Observability gap' }] },
			['undecided_factor systemicFactors/f']
		],
		[
			'a dismissed factor is decided',
			{ systemicFactors: [{ ...EMPTY.systemicFactors, id: 'f', text: 'x', dismissed: true }] },
			[]
		],
		['no detect action', { actionItems: [action] }, ['no_action actionItems']],
		[
			'an action of which nothing is said',
			{ actionItems: [...WHOLE.actionItems, { ...EMPTY.actionItems, id: 'a3' }] },
			['empty actionItems/a3', 'no_owner actionItems/a3', 'no_due_date actionItems/a3', 'no_criterion actionItems/a3']
		],
		['a silence of 20 minutes', { timeline: [t1, late(20)] }, ['timeline_gap timeline/t9']],
		['no silence within ten', { timeline: [t1, late(9)] }, []],
		['blame', { wentWrong: [{ id: 'x', text: 'Ben broke it' }] }, ['blame wentWrong/x']]
	])('%s', (_name, over, expected) => expect(codes(over)).toEqual(expected));

	it('counts what is silent by how long the incident was', () => {
		const steps = [0, 15, 30, 45, 60, 75, 90].map((minutes) => ({ ...late(minutes), id: `s${minutes}` }));
		expect(codes({ timeline: steps })).toEqual([]);
	});

	it('knows comments that wait', () => {
		const lacks = findLacks(WHOLE, { openThreads: [{ section: 'whys', itemId: 'y1' }] });
		expect(lacks).toEqual([
			{ code: 'open_comment', section: 'whys', itemId: 'y1', message: 'A comment waits for an answer.' }
		]);
	});
});

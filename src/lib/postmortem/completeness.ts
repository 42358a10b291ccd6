/** What a post-mortem still lacks, told calmly: each finding leads to its place, and none of them blocks anything. */
import { blameMarks } from './blameless.ts';
import { SECTION_NAMES, SUMMARY_FIELDS, type PostmortemDocument, type Why } from './document.ts';
import { keywords, overlap } from './words.ts';
import { readingOrder } from './why-tree.ts';

export interface Lack {
	code:
		| 'empty'
		| 'unanswered'
		| 'no_evidence'
		| 'repeats_question'
		| 'no_root_cause'
		| 'below_root_cause'
		| 'undecided_factor'
		| 'no_action'
		| 'no_owner'
		| 'no_due_date'
		| 'no_criterion'
		| 'timeline_gap'
		| 'blame'
		| 'open_comment';
	/** Where to mend it: a section, and a line of it where it is about one. */
	section: string;
	itemId: string | null;
	message: string;
}

export interface LackContext {
	/** Names of people who took part. */
	names?: readonly string[];
	/** Threads that nobody has resolved. */
	openThreads?: readonly { section: string; itemId: string | null }[];
}

const SUMMARY_WORDS = { duration: 'the duration', impact: 'the impact', rootCause: 'the root cause' } as const;

/** Everything that is missing, in the order of the document. */
export function findLacks(document: PostmortemDocument, context: LackContext = {}): Lack[] {
	return [
		...emptySummary(document),
		...emptySections(document),
		...timelineGaps(document),
		...whyLacks(document),
		...factorLacks(document),
		...actionLacks(document),
		...blame(document, context.names ?? []),
		...(context.openThreads ?? []).map(({ section, itemId }) => ({
			code: 'open_comment' as const,
			section,
			itemId,
			message: 'A comment waits for an answer.'
		}))
	];
}

function emptySummary({ title, summary }: PostmortemDocument): Lack[] {
	const lack = (section: string, message: string): Lack => ({ code: 'empty', section, itemId: null, message });
	return [
		...(title.trim() === '' ? [lack('title', 'It has no title.')] : []),
		...SUMMARY_FIELDS.filter(
			(field) =>
				summary[field].trim() === '' || (field === 'rootCause' && /^Not (found|confirmed)/.test(summary[field]))
		).map((field) => lack(`summary.${field}`, `The summary does not say ${SUMMARY_WORDS[field]} yet.`))
	];
}

const WANTED = [
	'impact',
	'timeline',
	'wentWell',
	'wentWrong',
	'whys',
	'contributingFactors',
	'lessons',
	'actionItems'
] as const;

function emptySections(document: PostmortemDocument): Lack[] {
	return WANTED.filter((list) => document[list].length === 0).map((list) => ({
		code: 'empty',
		section: list,
		itemId: null,
		message: `“${SECTION_NAMES[list]}” is empty.`
	}));
}

/** Shorter silences are how incidents are. */
const SHORTEST_GAP_MS = 10 * 60_000;
const GAP_SHARE = 0.2;

function timelineGaps({ timeline }: PostmortemDocument): Lack[] {
	const timed = timeline.filter((line): line is typeof line & { at: number } => line.at !== null);
	const [first, last] = [timed[0], timed.at(-1)];
	if (!first || !last) return [];
	const limit = Math.max(SHORTEST_GAP_MS, (last.at - first.at) * GAP_SHARE);
	return timed.flatMap((line, index) => {
		const next = timed[index + 1];
		if (!next || next.at - line.at <= limit) return [];
		const minutes = Math.round((next.at - line.at) / 60_000);
		return [
			{
				code: 'timeline_gap' as const,
				section: 'timeline',
				itemId: next.id,
				message: `Nothing is told between ${line.time} and ${next.time} (${minutes} min).`
			}
		];
	});
}

function whyLacks({ whys }: PostmortemDocument): Lack[] {
	const rows = readingOrder(whys);
	const at = (code: Lack['code'], itemId: string, message: string): Lack => ({
		code,
		section: 'whys',
		itemId,
		message
	});
	const found = rows.flatMap(({ why }, index): Lack[] => {
		const name = `Why ${index + 1}`;
		if (why.answer.trim() === '') return [at('unanswered', why.id, `${name} is not answered.`)];
		const lacks: Lack[] = [];
		if (repeats(why, whys)) lacks.push(at('repeats_question', why.id, `${name}: the answer says its question again.`));
		if (why.evidence.trim() === '' && why.events.length === 0)
			lacks.push(at('no_evidence', why.id, `${name} has no evidence.`));
		if (why.rootCause && whys.some(({ parentId }) => parentId === why.id))
			lacks.push(at('below_root_cause', why.id, `${name} is a root cause, yet more is asked below it.`));
		return lacks;
	});
	if (whys.length > 0 && !whys.some(({ rootCause, answer }) => rootCause && answer.trim() !== ''))
		found.push({
			code: 'no_root_cause',
			section: 'whys',
			itemId: null,
			message: 'No answer is marked as a root cause.'
		});
	return found;
}

const SAME = 0.8;

/** An answer that brings no word of its own, or says what the answer above it said. */
function repeats({ question, answer, parentId }: Why, whys: readonly Why[]): boolean {
	const said = keywords(answer);
	if (said.size === 0) return true;
	if (overlap(said, keywords(question)).share >= SAME) return true;
	const above = whys.find(({ id }) => id === parentId);
	return above !== undefined && overlap(said, keywords(above.answer)).share >= SAME;
}

function factorLacks({ systemicFactors }: PostmortemDocument): Lack[] {
	return systemicFactors
		.filter(({ confirmed, dismissed }) => !confirmed && !dismissed)
		.map(({ id, text }) => ({
			code: 'undecided_factor',
			section: 'systemicFactors',
			itemId: id,
			message: `“${text}” is suggested: confirm or dismiss it.`
		}));
}

function actionLacks({ whys, actionItems }: PostmortemDocument): Lack[] {
	const at = (code: Lack['code'], itemId: string | null, message: string): Lack => ({
		code,
		section: 'actionItems',
		itemId,
		message
	});
	const missing = whys
		.filter(({ rootCause, answer }) => rootCause && answer.trim() !== '')
		.flatMap(({ id, answer }) =>
			(['prevent', 'detect'] as const)
				.filter((kind) => !actionItems.some((item) => item.causeId === id && item.kind === kind))
				.map((kind) =>
					at('no_action', null, `Nothing ${kind === 'prevent' ? 'prevents' : 'would notice earlier'}: ${short(answer)}`)
				)
		);
	const incomplete = actionItems.flatMap((item, index): Lack[] => {
		const name = `Action ${index + 1}`;
		return [
			...(item.title.trim() === '' ? [at('empty', item.id, `${name} does not say what will be done.`)] : []),
			...(item.owner.trim() === '' ? [at('no_owner', item.id, `${name} has no owner.`)] : []),
			...(item.dueDate === '' ? [at('no_due_date', item.id, `${name} has no due date.`)] : []),
			...(item.successCriterion.trim() === ''
				? [at('no_criterion', item.id, `${name} does not say how you will know that it worked.`)]
				: [])
		];
	});
	return [...missing, ...incomplete];
}

function short(text: string): string {
	return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
}

/** Every text of a document that is marked, with its place. */
export function textsOf(document: PostmortemDocument): { section: string; itemId: string | null; text: string }[] {
	const lines = (list: 'impact' | 'timeline' | 'wentWell' | 'wentWrong' | 'contributingFactors' | 'lessons') =>
		document[list].map(({ id, text }) => ({ section: list, itemId: id, text }));
	return [
		{ section: 'title', itemId: null, text: document.title },
		...SUMMARY_FIELDS.map((field) => ({ section: `summary.${field}`, itemId: null, text: document.summary[field] })),
		...lines('impact'),
		...lines('timeline'),
		...lines('wentWell'),
		...lines('wentWrong'),
		...document.whys.flatMap(({ id, question, answer }) =>
			[question, answer].map((text) => ({ section: 'whys', itemId: id, text }))
		),
		...lines('contributingFactors'),
		...lines('lessons'),
		...document.actionItems.map(({ id, title }) => ({ section: 'actionItems', itemId: id, text: title }))
	];
}

function blame(document: PostmortemDocument, names: readonly string[]): Lack[] {
	return textsOf(document).flatMap(({ section, itemId, text }) =>
		blameMarks(text, names).map(({ phrase }) => ({
			code: 'blame' as const,
			section,
			itemId,
			message: `“${phrase}” may read as blame or hindsight.`
		}))
	);
}

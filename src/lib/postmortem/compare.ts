import { LISTS, SECTION_NAMES, SUMMARY_FIELDS, type ListName, type PostmortemDocument } from './document.ts';

/** One difference between two versions of a post-mortem. */
export interface Change {
	/** `title`, `summary.impact`, or the name of a list. */
	section: string;
	/** As people read it: `Timeline`, `Executive summary: impact`. */
	where: string;
	kind: 'added' | 'removed' | 'changed';
	before: string;
	after: string;
}

const SUMMARY_NAMES = { duration: 'duration', impact: 'impact', rootCause: 'root cause' } as const;

/** What differs between two versions, in the order of the document. */
export function compareDocuments(before: PostmortemDocument, after: PostmortemDocument): Change[] {
	const text = (section: string, where: string, from: string, to: string): Change[] =>
		from === to ? [] : [{ section, where, kind: 'changed', before: from, after: to }];
	return [
		...text('title', 'Title', before.title, after.title),
		...SUMMARY_FIELDS.flatMap((field) =>
			text(
				`summary.${field}`,
				`Executive summary: ${SUMMARY_NAMES[field]}`,
				before.summary[field],
				after.summary[field]
			)
		),
		...LISTS.flatMap((list) => compareLists(list, before[list], after[list]))
	];
}

type Item = PostmortemDocument[ListName][number];

function compareLists(list: ListName, before: readonly Item[], after: readonly Item[]): Change[] {
	const was = new Map(before.map((item) => [item.id, wordsOf(list, item)]));
	const is = new Map(after.map((item) => [item.id, wordsOf(list, item)]));
	const at = { section: list, where: SECTION_NAMES[list] };
	const ids = [...new Set([...before.map(({ id }) => id), ...after.map(({ id }) => id)])];
	return ids.flatMap((id): Change[] => {
		const [from, to] = [was.get(id), is.get(id)];
		if (from === to) return [];
		if (from === undefined) return [{ ...at, kind: 'added', before: '', after: to ?? '' }];
		if (to === undefined) return [{ ...at, kind: 'removed', before: from, after: '' }];
		return [{ ...at, kind: 'changed', before: from, after: to }];
	});
}

/** An item in words, every field that a reader sees; two that read alike are alike. */
export function wordsOf(list: ListName, item: Item): string {
	switch (list) {
		case 'timeline': {
			const { time, text } = item as PostmortemDocument['timeline'][number];
			return `${time} ${text}`.trim();
		}
		case 'whys': {
			const { question, answer, category, rootCause, evidence, events } = item as PostmortemDocument['whys'][number];
			const proof = [evidence, events.length > 0 ? `events ${events.join(', ')}` : ''].filter((part) => part !== '');
			return [question, answer, proof.join('; '), `(${category}${rootCause ? ', root cause' : ''})`]
				.filter((part) => part !== '')
				.join('\n');
		}
		case 'systemicFactors': {
			const { text, category, confirmed, dismissed } = item as PostmortemDocument['systemicFactors'][number];
			return `${text} (${category}, ${dismissed ? 'dismissed' : confirmed ? 'confirmed' : 'suggested'})`;
		}
		case 'actionItems': {
			const action = item as PostmortemDocument['actionItems'][number];
			return [
				action.title,
				action.successCriterion,
				`${action.owner || 'no owner'}, due ${action.dueDate || 'not set'}, ${action.priority}, ${action.status.replace('_', ' ')}`,
				action.proofIncidentId === null ? '' : `proved by ${action.proofIncidentId} ${action.proofNote}`.trim()
			]
				.filter((part) => part !== '')
				.join('\n');
		}
		default:
			return (item as PostmortemDocument['lessons'][number]).text;
	}
}

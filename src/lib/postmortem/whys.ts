import type { CauseCategory } from '../incident/truth.ts';
import type { Why } from './document.ts';
import type { Source } from './source.ts';

/** Words by which an answer is sorted into a category; the first that fits. What fits nowhere is technical. */
const CATEGORY_WORDS: [RegExp, CauseCategory][] = [
	[/\b(communicat\w*|hand-?off|handover|announced?|told|informed)\b/i, 'communication'],
	[/\b(knowledge|training|knew|unaware|experience|understood)\b/i, 'people'],
	[/\b(process|review\w*|canary|test(s|ed|ing)?|gate|approv\w*|runbook|owner\w*|policy|procedure)\b/i, 'process']
];

/** The category that the words of an answer suggest. */
export function categorise(answer: string): CauseCategory {
	return CATEGORY_WORDS.find(([words]) => words.test(answer))?.[1] ?? 'technical';
}

/**
 * A skeleton of whys from what people found: the confirmed cause with its evidence, and the questions that a review asks
 * next, left open. One branch goes to the cause, one to why nothing stopped or noticed it, one to what the response met.
 */
export function draftWhys(source: Source): Why[] {
	const { cause, state } = source;
	const symptom = (state.declared?.title ?? state.alerts[0]?.name ?? 'this').replace(/[.?!]+$/, '');
	const answer = cause?.text.trim() ?? '';
	const proof = evidenceOf(source);
	const first = why('w1', null, `Why did it come to "${symptom}"?`, answer, proof);
	const asked: Why[] = [
		first,
		why('w2', 'w1', answer === '' ? 'Why did that happen?' : `Why was it possible that ${lowerFirst(answer)}?`),
		why('w3', 'w1', 'Why was this not caught before it reached customers?', '', NONE, 'process'),
		why('w4', 'w1', earlyQuestion(source), '', NONE, 'technical')
	];
	const met = responseWhy(source);
	return met
		? [...asked, met]
		: [...asked, why('w5', 'w1', 'Why did it take as long as it did to end the impact?', '', NONE, 'process')];
}

interface Proof {
	words: string;
	events: number[];
}
const NONE: Proof = { words: '', events: [] };

function why(
	id: string,
	parentId: string | null,
	question: string,
	answer = '',
	{ words, events }: Proof = NONE,
	category: CauseCategory = categorise(answer)
): Why {
	return { id, parentId, question, answer, category, rootCause: false, evidence: words, events };
}

function earlyQuestion({ milestones }: Source): string {
	return milestones.detectedBy === 'alert' ? 'Why was it not noticed earlier?' : 'Why did no alert notice it first?';
}

/** What stood in the way of the response, where a document or tool did. */
function responseWhy({ events, state }: Source): Why | null {
	const worse = events.find((event) => event.type === 'mitigation.judged' && event.payload.verdict === 'harmful');
	const attempt = state.mitigations.find(
		(one) => worse?.type === 'mitigation.judged' && one.attemptId === worse.payload.attemptId
	);
	if (!attempt) return null;
	const runbook = state.runbooks.find((one) => one.runbookId === attempt.runbookId);
	const answer = runbook ? `Runbook "${runbook.name}" calls for it and does not warn of this.` : '';
	return why(
		'w5',
		'w1',
		`Why did "${attempt.name}" make it worse, and why was it tried?`,
		answer,
		{ words: '', events: worse ? [worse.seq] : [] },
		'process'
	);
}

/** What the confirmed cause stands on: evidence by its title, and the events. */
function evidenceOf({ cause, state, events }: Source): Proof {
	if (!cause) return NONE;
	const ids = [
		...cause.links.filter(({ supports }) => supports).map(({ evidenceId }) => evidenceId),
		cause.verdict?.evidenceId
	];
	const titles = state.evidence.filter(({ evidenceId }) => ids.includes(evidenceId)).map(({ title }) => title);
	const seqs = events.flatMap((event) =>
		(event.type === 'hypothesis.confirmed' || event.type === 'hypothesis.evidence_linked') &&
		event.payload.hypothesisId === cause.hypothesisId
			? [event.seq]
			: []
	);
	const reason = cause.verdict?.reason.trim() ?? '';
	const words = [...new Set([...titles, reason])].filter((part) => part !== '').join('; ');
	return { words, events: seqs };
}

/** Names and abbreviations keep their capitals. */
function lowerFirst(text: string): string {
	const line = text.replace(/[.?!]+$/, '');
	return /^[A-Z][a-z]/.test(line) ? line.charAt(0).toLowerCase() + line.slice(1) : line;
}

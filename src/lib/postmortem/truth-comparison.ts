/**
 * Practice only, after publishing: the analysis beside the ground truth. By words and by evidence, with the reasoning shown;
 * people can overrule every line. It says what was found and what was missed, never how clever anybody was.
 */
import type { GroundTruth } from '../incident/truth.ts';
import type { PostmortemDocument } from './document.ts';
import { keywords, overlap } from './words.ts';

/** A part of the truth, and whether the analysis has it. */
export interface TruthRow {
	id: string;
	part: 'cause' | 'trigger' | 'why' | 'runbook';
	text: string;
	verdict: 'found' | 'partly' | 'missed';
	reason: string;
	/** The sentence that comes nearest; null where none does. */
	by: Claim | null;
}

/** A sentence of the analysis, and what it stands on. */
export interface ClaimRow {
	id: string;
	claim: Claim;
	verdict: 'true' | 'evidenced' | 'unsupported';
	reason: string;
}

export interface Claim {
	/** Its place in the document. */
	section: string;
	itemId: string | null;
	text: string;
	/** Events that it was linked to. */
	events: number[];
	evidence: string;
}

export interface Comparison {
	truths: TruthRow[];
	claims: ClaimRow[];
}

/** How much of a statement must be said for it to count as found; as partly found. At least two words in any case. */
const FOUND = 0.5;
const PARTLY = 0.3;
/** How much of a claim must be in the truth for it to be true. */
const TRUE = 0.4;

/** `logText` gives what an event of the log reads like, so that evidence counts with what it shows. */
export function compareWithTruth(
	document: PostmortemDocument,
	truth: GroundTruth,
	logText: (seq: number) => string = () => ''
): Comparison {
	const claims = claimsOf(document);
	const bags = new Map(
		claims.map((claim) => [
			claim,
			keywords([claim.text, claim.evidence, ...claim.events.map((seq) => logText(seq))].join(' '))
		])
	);
	const truths = statementsOf(truth).map((statement) => judgeTruth(statement, claims, bags));
	return {
		truths,
		claims: claims
			.filter(({ section }) => CAUSAL.has(section))
			.map((claim) => judgeClaim(`claim-${claim.section}-${claim.itemId ?? ''}`, claim, truth, truths))
	};
}

/** Where causes are claimed. What went wrong tells of the response, and factors are names for answers: they count as said, no more. */
const CAUSAL = new Set(['summary.rootCause', 'whys', 'contributingFactors']);

type Statement = Pick<TruthRow, 'id' | 'part' | 'text'>;

function statementsOf(truth: GroundTruth): Statement[] {
	return [
		{ id: 'cause', part: 'cause', text: truth.rootCause },
		{ id: 'trigger', part: 'trigger', text: truth.trigger },
		...truth.whys.map(({ answer }, index): Statement => ({ id: `why-${index + 1}`, part: 'why', text: answer })),
		...truth.runbookDefects.map(({ note }, index): Statement => ({
			id: `runbook-${index + 1}`,
			part: 'runbook',
			text: note
		}))
	].filter((statement): statement is Statement => statement.text.trim() !== '');
}

/** What the analysis says of causes. Lines of the timeline tell what happened, not why. */
function claimsOf({ summary, whys, contributingFactors, wentWrong, systemicFactors }: PostmortemDocument): Claim[] {
	const claim = (section: string, itemId: string | null, text: string): Claim => ({
		section,
		itemId,
		text,
		events: [],
		evidence: ''
	});
	return [
		claim('summary.rootCause', null, summary.rootCause),
		...whys.map(({ id, answer, events, evidence }) => ({ ...claim('whys', id, answer), events, evidence })),
		...contributingFactors.map(({ id, text }) => claim('contributingFactors', id, text)),
		...wentWrong.map(({ id, text }) => claim('wentWrong', id, text)),
		...systemicFactors.filter(({ confirmed }) => confirmed).map(({ id, text }) => claim('systemicFactors', id, text))
	].filter(({ text }) => text.trim() !== '' && !/^Not (found|confirmed)/.test(text));
}

function judgeTruth(
	statement: Statement,
	claims: readonly Claim[],
	bags: ReadonlyMap<Claim, ReadonlySet<string>>
): TruthRow {
	const wanted = keywords(statement.text);
	let best: { claim: Claim; share: number; words: string[] } | null = null;
	for (const claim of claims) {
		const { share, words } = overlap(wanted, bags.get(claim) ?? new Set());
		if (best === null || share > best.share) best = { claim, share, words };
	}
	if (best === null || best.words.length < Math.min(2, wanted.size) || best.share < PARTLY) {
		const reason = 'No sentence of the analysis shares enough words with it.';
		return { ...statement, verdict: 'missed', reason, by: null };
	}
	const verdict = best.share >= FOUND ? 'found' : 'partly';
	const percent = Math.round(best.share * 100);
	return { ...statement, verdict, reason: `${percent}% of its words: ${best.words.join(', ')}.`, by: best.claim };
}

function judgeClaim(id: string, claim: Claim, truth: GroundTruth, truths: readonly TruthRow[]): ClaimRow {
	const said = keywords(claim.text);
	const statements = statementsOf(truth);
	const nearest = statements
		.map((statement) => ({ statement, ...overlap(said, keywords(statement.text)) }))
		.reduce<{ statement: Statement; share: number; words: string[] } | null>(
			(most, one) => (most === null || one.share > most.share ? one : most),
			null
		);
	const herring = truth.redHerrings.find((text) => overlap(said, keywords(text)).share >= FOUND && said.size > 1);
	const agrees = nearest !== null && nearest.share >= TRUE && nearest.words.length >= Math.min(2, said.size);
	if (agrees && nearest) {
		return { id, claim, verdict: 'true', reason: `It agrees with the truth in: ${nearest.words.join(', ')}.` };
	}
	if (herring !== undefined) {
		return { id, claim, verdict: 'unsupported', reason: `The scenario laid this as a false trail: ${herring}` };
	}
	const part = truths.find(({ by }) => by === claim);
	if (part) return { id, claim, verdict: 'true', reason: `It says part of the truth: ${part.text}` };
	const linked = claim.events.length > 0 || claim.evidence.trim() !== '';
	return linked
		? { id, claim, verdict: 'evidenced', reason: 'Not part of the scenario’s truth, but it stands on evidence.' }
		: { id, claim, verdict: 'unsupported', reason: 'No evidence is linked, and the scenario’s truth does not say it.' };
}

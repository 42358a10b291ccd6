/**
 * A small check after a run: the few dimensions of its scorecard that a step of a learning path is about, or the scenario's own
 * objectives. It asks nothing: what people did in the run is the answer.
 */
import { RATING_NAMES, type Rating } from './dimension.ts';
import type { Scorecard } from './index.ts';

export interface CheckLine {
	name: string;
	/** What was measured, in words; why it does not count where it does not. */
	said: string;
	target: string;
	/** Null where the run did not ask for it: then it does not count. */
	rating: Rating | null;
	/** In the words that the scorecard has for it; empty without a rating. */
	ratingName: string;
	held: boolean;
}

export interface SkillCheck {
	/** `nothing`: the run asked for none of it. */
	state: 'passed' | 'not_yet' | 'nothing';
	lines: CheckLine[];
}

/** What still counts as held: with challenges or without. */
const HELD: readonly Rating[] = ['P', 'S'];

/** `wanted` are ids of dimensions; null for the objectives of the scenario. Passed where all that counts was held. */
export function skillCheck(card: Scorecard, wanted: readonly string[] | null): SkillCheck {
	const lines = wanted === null ? objectiveLines(card) : dimensionLines(card, wanted);
	const rated = lines.filter(({ rating }) => rating !== null);
	const state = rated.length === 0 ? 'nothing' : rated.every(({ held }) => held) ? 'passed' : 'not_yet';
	return { state, lines };
}

function dimensionLines(card: Scorecard, wanted: readonly string[]): CheckLine[] {
	return wanted.flatMap((id) => {
		const found = card.dimensions.find((dimension) => dimension.id === id);
		if (!found) return [];
		const { name, applicable, measured, reason, target, rating } = found;
		return [line(name, applicable ? measured : reason, applicable ? target : '', applicable ? rating : null)];
	});
}

function objectiveLines(card: Scorecard): CheckLine[] {
	return card.objectives.map(({ objective, note, rating }) => line(objective, note, '', rating));
}

function line(name: string, said: string, target: string, rating: Rating | null): CheckLine {
	const held = rating !== null && HELD.includes(rating);
	return { name, said, target, rating, ratingName: rating === null ? '' : RATING_NAMES[rating], held };
}

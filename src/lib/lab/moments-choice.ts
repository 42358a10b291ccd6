import { MOMENT_KINDS, type Moment } from './moments-kinds.ts';

const FEWEST = 3;
const MOST = 5;
/** Nearer than this two moments would be one conversation. */
const APART_MS = 45_000;
/** Kinds from here on only fill up: nobody learns from a fourth action what the first three did not show. */
const FILLERS = MOMENT_KINDS.indexOf('worsening');

/** One of each kind, the weightiest; by the order of the kinds, until there are enough; then in order of time. */
export function chooseMoments(candidates: readonly Moment[]): Moment[] {
	const chosen: Moment[] = [];
	for (const [rank, kind] of MOMENT_KINDS.entries()) {
		const enough = rank >= FILLERS ? chosen.length >= FEWEST : chosen.length >= MOST;
		if (enough) continue;
		const best = candidates
			.filter((one) => one.kind === kind && chosen.every(({ at }) => Math.abs(at - one.at) >= APART_MS))
			.sort((a, b) => b.weight - a.weight || a.at - b.at)[0];
		if (best) chosen.push(best);
	}
	return chosen.sort((a, b) => a.at - b.at);
}

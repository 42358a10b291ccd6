/** How hard it was on people: a team's figure, never a person's. */
import type { IncidentFacts } from './facts.ts';
import { intervals, type Interval } from './stats/bootstrap.ts';
import { ascending, mean } from './stats/describe.ts';

/** Fewer answers than this are never shown, not even as a mean: one could tell who said what. */
export const LEAST_ANSWERS = 5;

export type Strain =
	| { shown: true; answers: number; mean: number; interval: Interval | null }
	/** How many more answers are needed. */
	| { shown: false; more: number };

/** Mean of the answers, from 1 "not at all" to 5 "too much". */
export function strainOf(rows: readonly IncidentFacts[]): Strain {
	const answers = ascending(rows.flatMap(({ strain }) => strain));
	const centre = mean(answers);
	if (centre === null || answers.length < LEAST_ANSWERS) return { shown: false, more: LEAST_ANSWERS - answers.length };
	return { shown: true, answers: answers.length, mean: centre, interval: intervals(answers, ['mean'])[0] ?? null };
}

/** Performed without, with some, with major challenges; unable to be performed. The words are HSEEP's. */
export const RATINGS = ['P', 'S', 'M', 'U'] as const;
export type Rating = (typeof RATINGS)[number];

export const RATING_NAMES: Record<Rating, string> = {
	P: 'Performed without challenges',
	S: 'Performed with some challenges',
	M: 'Performed with major challenges',
	U: 'Unable to be performed'
};

/** What somebody rates by hand: an objective of the exercise by its words, or a measured dimension by its id. */
export type RatedThing = { kind: 'objective'; objective: string } | { kind: 'dimension'; id: string };

/** Two ratings of the same thing by the same person replace each other. */
export function ratedKey(of: RatedThing): string {
	return of.kind === 'objective' ? `objective ${of.objective}` : `dimension ${of.id}`;
}

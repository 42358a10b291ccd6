/** Words of the start page for what scenarios and incidents say in one word. */
export const DIFFICULTY_NAMES: Record<number, string> = {
	1: 'First steps',
	2: 'Basic',
	3: 'Intermediate',
	4: 'Advanced',
	5: 'Expert'
};

export const TEAM_NAMES: Record<string, string> = {
	solo: 'one person or more',
	pair: 'two or more',
	squad: '3 to 6 people',
	'multi-team': 'several teams'
};

export const LIFECYCLE_NAMES: Record<string, string> = {
	lobby: 'In the lobby',
	running: 'Running',
	paused: 'Paused',
	ended: 'Ended'
};

/**
 * What a reader is told, 1 to 5: the author's word counts twice, the measure once. Those whom Muster measures with read no outputs,
 * so that a calm scenario full of traps looks harder to them than to people.
 */
export function difficultyOf({ difficulty, measured }: { difficulty: number; measured?: number | undefined }): number {
	return measured === undefined ? difficulty : Math.round((2 * difficulty + measured) / 3);
}

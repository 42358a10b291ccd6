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

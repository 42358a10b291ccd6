import { expect, test } from 'vitest';
import { oncePerPerson } from './present.ts';

test.each([
	['nobody', [], []],
	['strangers without a name', [{ field: 'title' }, { participantId: 7 }], []],
	['somebody who reads', [{ participantId: 'p2', field: null }], ['p2 null']],
	[
		'two tabs of one, in either order',
		[
			{ participantId: 'p1', field: 'title' },
			{ participantId: 'p1', field: null }
		],
		['p1 title']
	],
	[
		'two tabs of one, the other way',
		[
			{ participantId: 'p1', field: null },
			{ participantId: 'p1', field: 'title' }
		],
		['p1 title']
	],
	[
		'a steady order',
		[
			{ participantId: 'p2', field: null },
			{ participantId: 'p1', field: null }
		],
		['p1 null', 'p2 null']
	]
])('%s', (_name, states, expected) => {
	expect(oncePerPerson(states).map(({ participantId, field }) => `${participantId} ${field}`)).toEqual(expected);
});

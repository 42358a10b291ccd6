import { expect, it } from 'vitest';
import { hideNames, numbered } from './hide-names.ts';

const people = [
	{ participantId: 'p1', name: 'Ann' },
	{ participantId: 'p2', name: 'Béla Kun' }
];

it('puts a number in the place of each name, wherever it was typed', () => {
	const shown = hideNames(
		{ a: 'ann asked Béla Kun, then béla; ANN!', b: [{ c: 'Annual report by Bo' }], n: 3, z: null },
		people
	);
	expect(shown).toEqual({
		a: 'Person 1 asked Person 2, then Person 2; Person 1!',
		b: [{ c: 'Annual report by Bo' }],
		n: 3,
		z: null
	});
	expect(numbered(people).map(({ name }) => name)).toEqual(['Person 1', 'Person 2']);
});

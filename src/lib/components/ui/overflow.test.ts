import { expect, test } from 'vitest';
import { fitting } from './overflow';

const widths = [50, 50, 50, 50];

test.each([
	['all fit', 0, 206, [0, 1, 2, 3]],
	['one pixel less sends the last two into the menu', 0, 205, [0, 1, 2]],
	['room for two beside the menu', 0, 150, [0, 1]],
	['the selected one takes the last place', 3, 150, [0, 3]],
	['the selected one is already there', 1, 150, [0, 1]],
	['one is always shown, and it is the selected one', 2, 10, [2]],
	['nothing is selected yet', -1, 10, [0]]
])('%s', (_, selected, room, shown) => {
	expect(fitting(widths, selected, room, 40, 2)).toEqual(shown);
});

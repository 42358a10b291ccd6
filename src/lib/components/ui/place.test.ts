import { expect, test } from 'vitest';
import { place } from './place';

const view = { width: 400, height: 300 };
const panel = { width: 100, height: 80 };
const button = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });

test.each([
	['under the button', button(50, 20), 'start', 50, 46],
	['its end at the button’s end', button(200, 20), 'end', 140, 46],
	['above where there is no room below', button(50, 260), 'start', 50, 174],
	['pushed in from the right edge', button(350, 20), 'start', 294, 46],
	['pushed in from the left edge', button(10, 20), 'end', 6, 46]
] as const)('%s', (_, at, align, left, top) => {
	expect(place(at, panel, view, align)).toMatchObject({ left, top });
});

test('what is too tall for either side gets the larger one, and scrolls', () => {
	const placed = place(button(50, 100), { width: 100, height: 900 }, view);
	expect(placed).toMatchObject({ top: 126, maxHeight: 168 });
});

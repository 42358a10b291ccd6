import { expect, it } from 'vitest';
import { dragged, moved, widened } from './stretch.ts';

const HOUR = 3_600_000;
const of = (fromAt: number, toAt: number) => ({ fromAt, toAt });

it('moves by a share of its length, and not beyond now', () => {
	expect(moved(of(10, 20), -0.5, 100)).toEqual(of(5, 15));
	expect(moved(of(80, 90), 2, 95)).toEqual(of(85, 95));
});
it('widens around its middle, up to a day, and not beyond now', () => {
	expect(widened(of(40, 60), 100)).toEqual(of(30, 70));
	expect(widened(of(80, 100), 100)).toEqual(of(60, 100));
	expect(widened(of(0, 20 * HOUR), 100 * HOUR)).toEqual(of(-2 * HOUR, 22 * HOUR));
});
it('a slip of the hand becomes a stretch that can be seen', () => {
	expect(dragged(of(1_000, 2_000))).toEqual(of(-3_500, 6_500));
	expect(dragged(of(0, 60_000))).toEqual(of(0, 60_000));
});

import { expect, test } from 'vitest';
import { moved } from './menu';

test.each([
	['ArrowDown', 0, 3, 'vertical', 1],
	['ArrowDown', 2, 3, 'vertical', 0],
	['ArrowUp', 0, 3, 'vertical', 2],
	['ArrowUp', -1, 3, 'vertical', 2],
	['ArrowDown', -1, 3, 'vertical', 0],
	['ArrowRight', 1, 3, 'horizontal', 2],
	['ArrowRight', 1, 3, 'vertical', undefined],
	['Home', 2, 3, 'horizontal', 0],
	['End', 0, 3, 'horizontal', 2],
	['ArrowDown', 0, 0, 'vertical', undefined],
	['a', 0, 3, 'vertical', undefined]
] as const)('%s at %i of %i, %s, leads to %s', (key, index, count, axis, to) => {
	expect(moved(key, index, count, axis)).toBe(to);
});

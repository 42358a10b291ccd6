import { expect, it } from 'vitest';
import { crossed, type ChartLimit } from './limits.ts';

const limits: ChartLimit[] = [
	{ value: 5, tone: 'warn', bad: 'above' },
	{ value: 10, tone: 'bad', bad: 'above' }
];
it.each([
	[null, undefined],
	[5, undefined],
	[6, 'warn'],
	[11, 'bad']
])('%s has crossed %s', (value, tone) => expect(crossed(value, limits)?.tone).toBe(tone));

it('a floor is crossed from above', () => {
	const floor: ChartLimit[] = [{ value: 0.9, tone: 'bad', bad: 'below' }];
	expect(crossed(0.95, floor)).toBeNull();
	expect(crossed(0.8, floor)?.value).toBe(0.9);
});

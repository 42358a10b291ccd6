import { expect, it } from 'vitest';
import { pinSeries } from './pinned.ts';

it('a pin keeps what a small chart shows, in incident time, the last point always', () => {
	const times = Array.from({ length: 1_000 }, (_, i) => i * 15_000);
	const values = times.map((_, i) => (i === 998 ? NaN : i));
	const [pinned] = pinSeries([{ labels: { service: 'api' }, times, values }], 1_000_000);
	expect(pinned?.labels).toEqual({ service: 'api' });
	expect(pinned?.times.length).toBeLessThanOrEqual(240);
	expect(pinned?.times.at(-1)).toBe(999 * 15_000 + 1_000_000);
	expect(pinned?.values.every(Number.isFinite)).toBe(true);
});

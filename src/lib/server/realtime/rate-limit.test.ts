import { expect, it } from 'vitest';
import { TokenBucket } from './rate-limit.ts';

it('bears a burst, then so many per second, and never saves up more than a burst', () => {
	let now = 0;
	const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, () => now);
	const take = (times: number) => Array.from({ length: times }, () => bucket.take());
	expect(take(4)).toEqual([true, true, true, false]);
	now += 500;
	expect(take(2)).toEqual([true, false]);
	now += 60_000;
	expect(bucket.full).toBe(true);
	expect(take(4)).toEqual([true, true, true, false]);
});

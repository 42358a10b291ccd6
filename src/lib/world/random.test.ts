import { describe, expect, it } from 'vitest';
import { fakerPools, hashString, keyed, keyedHash, noise, partOf, stream } from './index.ts';

describe('keyed randomness', () => {
	it('is the same for the same key and spread over [0, 1)', () => {
		const draws = Array.from({ length: 20_000 }, (_, i) => keyed('s', 'mechanism', i));
		expect(draws).toEqual(Array.from({ length: 20_000 }, (_, i) => keyed('s', 'mechanism', i)));
		const tenths = Array.from({ length: 10 }, (_, d) => draws.filter((x) => Math.floor(x * 10) === d).length);
		for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(250);
		// Neighbours know nothing of each other.
		const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
		const lag = draws.slice(1).reduce((sum, x, i) => sum + (x - mean) * ((draws[i] ?? 0) - mean), 0) / draws.length;
		expect(Math.abs(lag * 12)).toBeLessThan(0.03);
	});

	it('tells parts apart', () => {
		expect(keyed('s', 'a', 1)).not.toBe(keyed('s', 'a', 2));
		expect(keyed('s', 'ab', 'c')).not.toBe(keyed('s', 'a', 'bc'));
		expect(keyed('s', 5_000_000_000)).not.toBe(keyed('s', 5_000_000_000 % 2 ** 32));
	});

	it('makes noise that is smooth and stays in [-1, 1]', () => {
		const seed = hashString('noise');
		for (let t = -100_000; t < 100_000; t += 250) {
			const value = noise(seed, t, 20_000);
			expect(Math.abs(value)).toBeLessThanOrEqual(1);
			expect(Math.abs(noise(seed, t + 250, 20_000) - value)).toBeLessThan(0.06);
		}
	});

	it('fills pools from the seed alone', () => {
		expect(fakerPools('a')).toEqual(fakerPools('a'));
		expect(fakerPools('a').customers).not.toEqual(fakerPools('b').customers);
		for (const pool of Object.values(fakerPools('a'))) expect(pool.length).toBeGreaterThan(4);
		const draw = stream('x');
		expect([draw(), draw()]).toEqual([stream('x')(), expect.any(Number)]);
	});
});

it('what was mixed in last can be found again', () => {
	for (const part of [0, 1, 7, 4_095, 0xffffffff])
		for (const prefix of [keyedHash('a', -3), keyedHash('b', 12)])
			expect(partOf(prefix, keyedHash(prefix, part))).toBe(part);
});

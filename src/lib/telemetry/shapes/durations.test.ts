import { describe, expect, it } from 'vitest';
import { durationAt, endpointScale, failureOf, meanOf, shareBelow, SIGMA, successOf } from './durations.ts';
import { normalCdf, normalQuantile } from './normal.ts';

describe('the normal distribution', () => {
	it.each([
		[0, 0.5],
		[1, 0.841345],
		[-1, 0.158655],
		[1.644854, 0.95],
		[2.326348, 0.99],
		[-7, 0],
		[7, 1]
	])('lies below %f with probability %f', (z, p) => {
		expect(normalCdf(z)).toBeCloseTo(p, 5);
		if (p > 0 && p < 1) expect(normalQuantile(p)).toBeCloseTo(z, 4);
	});
});

describe('durations', () => {
	it('of successes have the 95th percentile that was asked for', () => {
		expect(shareBelow(successOf(180), Math.log(0.18))).toBeCloseTo(0.95, 4);
		expect(durationAt(successOf(180), 0.95)).toBeCloseTo(0.18, 3);
	});

	it('drawn evenly have the mean that is told', () => {
		const distribution = successOf(400);
		let sum = 0;
		for (let i = 0; i < 5_000; i += 1) sum += durationAt(distribution, (i + 0.5) / 5_000);
		expect(sum / 5_000 / meanOf(distribution)).toBeCloseTo(1, 1);
	});

	it('of failures are short when they fail at once, and last until the timeout when they hang', () => {
		expect(meanOf(failureOf('fast', 4_000, 180))).toBeLessThan(0.05);
		expect(meanOf(failureOf('slow', 300, 180))).toBeCloseTo(9.8, 0);
		expect(meanOf(failureOf('slow', 60_000, 180))).toBeCloseTo(29.4, 0);
	});

	it('of endpoints mix to the 95th percentile of their service', () => {
		const endpoints = [
			{ share: 0.7, slower: 1 },
			{ share: 0.3, slower: 3 }
		];
		const scale = endpointScale(endpoints);
		let below = 0;
		for (const { share, slower } of endpoints) {
			const part = { mu: successOf(200).mu + Math.log(slower * scale), sigma: SIGMA };
			below += share * shareBelow(part, Math.log(0.2));
		}
		expect(below).toBeCloseTo(0.95, 4);
	});
});

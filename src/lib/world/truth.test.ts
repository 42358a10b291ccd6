import { describe, expect, it } from 'vitest';
import { parseMetricTarget } from '../scenario/units.ts';
import {
	createWorld,
	enterState,
	initialWorldState,
	metricHandle,
	podsAt,
	requestsPerSecond,
	truthAt
} from './index.ts';
import { smallScenario } from './testing/small-scenario.ts';

const MIN = 60_000;
const world = createWorld(smallScenario(), 'seed-1');
const start = initialWorldState(world);
const at = (text: string, tMs: number, state = degraded) => {
	const target = parseMetricTarget(text);
	if (target === null) throw new Error(text);
	return truthAt(world, state, target, tMs);
};
const degraded = enterState(world, start, 'release_bug', 'degraded', MIN);
const outage = enterState(world, degraded, 'release_bug', 'outage', 5 * MIN);
const mitigated = enterState(world, outage, 'release_bug', 'mitigated', 8 * MIN);

describe('truth', () => {
	it.each([
		['a ramp starts from the baseline', 'api[version=1.5.0].errors', MIN, 0.002],
		['and is half way after half the time', 'api[version=1.5.0].errors', 2 * MIN, 0.061],
		['and stays at its end', 'api[version=1.5.0].errors', 4 * MIN, 0.12],
		['a version that is not touched is clean', 'api[version=1.4.0].errors', 4 * MIN, 0.002],
		['the whole is the mean over pods: three of four', 'api.errors', 4 * MIN, 0.75 * 0.12 + 0.25 * 0.002]
	])('%s', (_, target, t, expected) => expect(at(target, t)).toBeCloseTo(expected, 3));

	it('reaches the caller after the delay and with the share of the dependency', () => {
		const excess = at('api.errors', 4 * MIN - 5_000) - 0.002;
		expect(at('lb.errors', 4 * MIN)).toBeCloseTo(1 - (1 - 0.0005) * (1 - 0.9 * excess), 4);
		expect(at('db.errors', 4 * MIN)).toBeLessThan(0.0002);
	});

	it('keeps the past as it was when a state is entered later', () => {
		for (const target of ['api.errors', 'lb.errors', 'api.latency', 'search.mem', 'lb.traffic']) {
			for (let t = -30 * MIN; t < 5 * MIN; t += 17_000) expect(at(target, t, outage)).toBe(at(target, t, degraded));
		}
	});

	it('holds values across states and starts ramps from what is', () => {
		expect(at('api.latency', 5 * MIN, outage)).toBeCloseTo(at('api.latency', 5 * MIN, degraded), 6);
		expect(at('api.latency', 7 * MIN, outage)).toBeGreaterThanOrEqual(420);
	});

	it('relaxes what a recovered state does not mention, within two minutes to 5 %', () => {
		expect(at('api[version=1.5.0].errors', 8 * MIN, mitigated)).toBeCloseTo(0.32, 2);
		expect(at('api[version=1.5.0].errors', 10 * MIN, mitigated)).toBeLessThan(0.02);
		expect(at('lb.traffic', 12 * MIN, mitigated)).toBeLessThan(1.03);
	});

	it('passes extra traffic on to what is called', () => {
		const usual = requestsPerSecond(world, degraded, 'cache', 7 * MIN);
		expect(requestsPerSecond(world, outage, 'cache', 7 * MIN)).toBeGreaterThan(usual * 1.05);
		expect(metricHandle(world, outage, 'cache', {}, 'cpu')(9 * MIN)).toBeGreaterThan(
			metricHandle(world, degraded, 'cache', {}, 'cpu')(9 * MIN)
		);
	});

	it('raises pauses of the garbage collector before memory is full', () => {
		const [pod] = podsAt(world, start, 'search', 0);
		const gc = metricHandle(world, start, 'search', { pod: pod?.name ?? '' }, 'gc_pause');
		expect(gc(-19 * MIN)).toBeLessThan(16);
		expect(gc(15 * MIN)).toBeGreaterThan(200);
	});

	it('gives the same whatever was asked before', () => {
		const fresh = createWorld(smallScenario(), 'seed-1');
		const again = initialWorldState(fresh);
		const times = [3 * MIN, -10 * MIN, 25 * MIN, 0];
		for (const t of times)
			expect(metricHandle(fresh, again, 'lb', {}, 'latency')(t)).toBe(
				metricHandle(world, start, 'lb', {}, 'latency')(t)
			);
	});
});

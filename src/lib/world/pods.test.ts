import { describe, expect, it } from 'vitest';
import {
	createWorld,
	initialWorldState,
	metricHandle,
	nextOom,
	oomKill,
	podHistory,
	podsAt,
	restartPods,
	scalePods,
	type WorldState
} from './index.ts';
import { smallScenario } from './testing/small-scenario.ts';

const MIN = 60_000;
const world = createWorld(smallScenario(), 'seed-1');
const start = initialWorldState(world);
const names = (state: WorldState, service: string, t: number) =>
	podsAt(world, state, service, t).map((pod) => pod.name);
const versions = (state: WorldState, service: string, t: number) =>
	podsAt(world, state, service, t).map((pod) => `${pod.version}${t < pod.readyAtMs ? '?' : ''}`);

describe('pods', () => {
	it('are replaced one by one by a deploy, three of four here', () => {
		expect(versions(start, 'api', -5 * MIN)).toEqual(['1.4.0', '1.4.0', '1.4.0', '1.4.0']);
		expect(versions(start, 'api', -3 * MIN)).toEqual(['1.5.0', '1.4.0', '1.4.0', '1.4.0']);
		expect(versions(start, 'api', 0)).toEqual(['1.5.0', '1.5.0', '1.5.0', '1.4.0']);
		expect(names(start, 'api', 0)[0]).not.toBe(names(start, 'api', -5 * MIN)[0]);
		expect(names(start, 'api', 0)[3]).toBe(names(start, 'api', -5 * MIN)[3]);
	});

	it('keep their version and get new names by a rolling restart', () => {
		const state = restartPods(world, start, 'api', MIN, 2 * MIN);
		expect(versions(state, 'api', 4 * MIN)).toEqual(['1.5.0', '1.5.0', '1.5.0', '1.4.0']);
		expect(names(state, 'api', 4 * MIN).filter((name) => names(start, 'api', 0).includes(name))).toEqual([]);
		expect(metricHandle(world, state, 'api', {}, 'ready')(MIN + 25_000)).toBe(3);
		expect(metricHandle(world, state, 'api', {}, 'ready')(4 * MIN)).toBe(4);
	});

	it('are added and taken away', () => {
		const more = scalePods(world, start, 'api', 4, 2 * MIN);
		expect(names(more, 'api', 3 * MIN)).toHaveLength(8);
		const fewer = scalePods(world, more, 'api', -6, 5 * MIN);
		expect(names(fewer, 'api', 6 * MIN)).toHaveLength(2);
		expect(names(fewer, 'api', 3 * MIN)).toHaveLength(8);
	});

	it('of a database keep their names', () => expect(names(start, 'db', 0)).toEqual(['db-0']));

	it('are killed one after another when a leak fills them, and begin low again', () => {
		const kills: number[] = [];
		let state = start;
		for (
			let next = nextOom(world, state, 0);
			next !== null && next.atMs < 75 * MIN;
			next = nextOom(world, state, next.atMs)
		) {
			const memory = metricHandle(world, state, next.service, { pod: next.name }, 'mem');
			expect(memory(next.atMs)).toBeGreaterThan(0.995);
			state = oomKill(state, next.service, next.pod, next.atMs);
			kills.push(next.atMs);
			expect(metricHandle(world, state, next.service, { pod: next.name }, 'mem')(next.atMs + 20_000)).toBeLessThan(0.5);
		}
		expect(kills.length).toBeGreaterThanOrEqual(6);
		expect(new Set(kills).size).toBe(kills.length);
		expect(Math.abs((kills[0] ?? 0) - 20 * MIN)).toBeLessThan(3 * MIN);
		expect(metricHandle(world, state, 'search', {}, 'restarts')(75 * MIN)).toBe(kills.length);
		expect(podHistory(world, state, 'search').filter((pod) => pod.ended === 'oom')).toHaveLength(kills.length);
	});
});

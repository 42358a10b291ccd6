import { describe, expect, it } from 'vitest';
import { enterState, type WorldState } from '../world/index.ts';
import { createObservation } from './index.ts';
import { ask, askOne, MIN, testWorld } from './testing.ts';

const { world, quiet } = testWorld();
const broken = (mode: string): WorldState => enterState(world, quiet, 'blind', mode, 10 * MIN);
const whole = createObservation(world);
const seen = (mode: string, tMs: number) => createObservation(world).queryable(broken(mode), tMs);
const rate = 'sum(rate(http_requests_total{service="search"}[1m]))';

describe('broken instruments', () => {
	it('absent: the series vanish, the rest of the service stays', () => {
		expect(ask(seen('absent', 12 * MIN), rate, 12 * MIN).size).toBe(0);
		expect(
			askOne(seen('absent', 12 * MIN), 'sum(rate(http_request_duration_seconds_count{service="search"}[1m]))', 12 * MIN)
		).toBeGreaterThan(0);
		expect(
			askOne(seen('absent', 12 * MIN), 'sum(rate(http_requests_total{service="api"}[1m]))', 12 * MIN)
		).toBeGreaterThan(0);
		expect(askOne(seen('absent', 9 * MIN), rate, 9 * MIN)).toBeGreaterThan(0);
	});

	it('stale: the target reads as down and its series end', () => {
		const queryable = seen('stale', 12 * MIN);
		expect([...ask(queryable, 'up{service="search"}', 12 * MIN).values()]).toEqual([0, 0, 0]);
		expect(ask(queryable, 'http_requests_total{service="search"}', 12 * MIN).size).toBe(0);
		expect(ask(queryable, 'up{service="api"} == 0', 12 * MIN).size).toBe(0);
	});

	it('frozen: counters stand still at what they showed', () => {
		const queryable = seen('frozen', 15 * MIN);
		expect(askOne(queryable, 'sum(rate(http_request_duration_seconds_count{service="search"}[2m]))', 15 * MIN)).toBe(0);
		expect(askOne(queryable, 'sum(rate(http_requests_total{service="search"}[2m]))', 15 * MIN)).toBeGreaterThan(0);
		expect(askOne(queryable, 'sum(http_request_duration_seconds_count{service="search"})', 15 * MIN)).toBe(
			askOne(whole.queryable(quiet, 10 * MIN), 'sum(http_request_duration_seconds_count{service="search"})', 10 * MIN)
		);
	});

	it('late: what is shown is what was, three minutes ago', () => {
		const total = 'sum(http_requests_total{service="search"})';
		expect(askOne(seen('late', 16 * MIN), total, 16 * MIN)).toBe(
			askOne(whole.queryable(quiet, 13 * MIN), total, 13 * MIN)
		);
	});

	it('scaled: a multiple is shown', () => {
		const memory = 'max(container_memory_working_set_bytes{service="search"})';
		const half = askOne(seen('scaled', 16 * MIN), memory, 16 * MIN);
		expect(half).toBe(askOne(whole.queryable(quiet, 16 * MIN), memory, 16 * MIN) / 2);
	});

	it('mend when the state that broke them is left', () => {
		const mended = enterState(world, broken('absent'), 'blind', 'seeing', 14 * MIN);
		const queryable = createObservation(world).queryable(mended, 20 * MIN);
		expect(ask(queryable, rate, 13 * MIN).size).toBe(0);
		expect(askOne(queryable, rate, 16 * MIN)).toBeGreaterThan(0);
	});
});

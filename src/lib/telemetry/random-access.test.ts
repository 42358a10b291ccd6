import { describe, expect, it } from 'vitest';
import type { Queryable } from '../promql/index.ts';
import { enterState, oomKill, restartPods, scalePods, type WorldState } from '../world/index.ts';
import { EXPORTERS } from './families/index.ts';
import { createObservation } from './index.ts';
import { matchers, MIN, samplesOf, signature, testWorld, troubled } from './testing.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);
const NAMES = [...new Set(EXPORTERS.flatMap((exporter) => exporter.families.map((family) => family.name)))].flatMap(
	(name) => [name, `${name}_bucket`, `${name}_sum`]
);
const SOME = [
	'http_requests_total',
	'http_request_duration_seconds_bucket',
	'container_memory_working_set_bytes',
	'up',
	'jvm_gc_pause_seconds_sum',
	'pg_stat_activity_count'
];

/** Every sample of every series in a window, as text: quick to compare. */
function dump(queryable: Queryable, fromMs: number, toMs: number, names = NAMES): Map<string, string> {
	const all = new Map<string, string>();
	for (const name of names) {
		for (const series of queryable.select(matchers(name), fromMs, toMs)) {
			const inside = samplesOf(series).filter(([time]) => time >= fromMs && time <= toMs);
			const text = inside.flatMap(([time, value]) => (value === null ? [] : [`${time}:${value}`])).join(' ');
			if (text !== '') all.set(signature(series.labels), text);
		}
	}
	return all;
}

describe('any window', () => {
	it('is the same computed alone and after all that lies before it', () => {
		const grown = createObservation(world);
		for (let t = -30 * MIN; t < 20 * MIN; t += 47_000)
			for (const name of SOME) grown.queryable(trouble, t).select(matchers(name), t - 3 * MIN, t);
		const alone = createObservation(world).queryable(trouble, 20 * MIN);
		expect(dump(grown.queryable(trouble, 20 * MIN), 12 * MIN, 20 * MIN)).toEqual(dump(alone, 12 * MIN, 20 * MIN));
	});

	it('is the same asked for backwards', () => {
		const backwards = createObservation(world).queryable(trouble, 30 * MIN);
		const parts = [25, 15, 5, -5, -20].map((minute) => dump(backwards, minute * MIN, (minute + 4) * MIN, SOME));
		for (const [i, minute] of [25, 15, 5, -5, -20].entries()) {
			const alone = createObservation(world).queryable(trouble, 30 * MIN);
			expect(parts[i]).toEqual(dump(alone, minute * MIN, (minute + 4) * MIN, SOME));
		}
	});

	it('shows nothing after now, whatever was computed already', () => {
		const observation = createObservation(world);
		dump(observation.queryable(trouble, 20 * MIN), 0, 20 * MIN, SOME);
		const early = observation.queryable(trouble, 10 * MIN);
		for (const name of SOME)
			for (const series of early.select(matchers(name), 0, 30 * MIN))
				for (const [time] of samplesOf(series)) expect(time).toBeLessThanOrEqual(10 * MIN);
	});

	it('reaches back a week, with the season of that week, without a jump', () => {
		const day = 24 * 60 * MIN;
		const queryable = createObservation(world).queryable(trouble, 0);
		for (const end of [-7 * day, -day, -60 * MIN, -40 * MIN]) {
			const series = queryable.select(
				matchers('http_requests_total', { service: 'lb', status: '200' }),
				end - 10 * MIN,
				end
			)[0];
			if (series === undefined) throw new Error(`nothing at ${end}`);
			const samples = samplesOf(series).filter(([time, value]) => time >= end - 10 * MIN && value !== null);
			expect(samples.length).toBeGreaterThan(38);
			for (let i = 1; i < samples.length; i += 1)
				expect(samples[i]?.[1] ?? 0).toBeGreaterThan(samples[i - 1]?.[1] ?? 0);
		}
		// Across the moment where step-by-step integration begins.
		const over = queryable.select(
			matchers('http_requests_total', { service: 'lb', status: '200' }),
			-100 * MIN,
			-80 * MIN
		)[0];
		const values = samplesOf(over ?? fail()).map(([, value]) => value ?? 0);
		const steps = values.slice(1).map((value, i) => value - (values[i] ?? 0));
		expect(Math.max(...steps)).toBeLessThan(1.6 * Math.min(...steps));
	});
});

describe('the past', () => {
	const later: [string, WorldState][] = [
		['another state of the fault', enterState(world, trouble, 'bug', 'hanging', 25 * MIN)],
		['recovery', enterState(world, trouble, 'bug', 'mitigated', 25 * MIN)],
		['a rolling restart', restartPods(world, trouble, 'api', 25 * MIN, 3 * MIN)],
		['a kill', oomKill(trouble, 'search', 0, 25 * MIN)],
		['more pods', scalePods(world, trouble, 'api', 3, 25 * MIN)],
		['a broken instrument', enterState(world, trouble, 'blind', 'frozen', 25 * MIN)]
	];

	it.each(later)('does not change by %s', (_, after) => {
		const before = dump(createObservation(world).queryable(trouble, 25 * MIN), 10 * MIN, 25 * MIN);
		const again = dump(createObservation(world).queryable(after, 30 * MIN), 10 * MIN, 25 * MIN);
		expect(again).toEqual(before);
	});

	it.each(later)('and what is held stays right after %s', (_, after) => {
		const observation = createObservation(world);
		dump(observation.queryable(trouble, 25 * MIN), 10 * MIN, 25 * MIN, SOME);
		const held = dump(observation.queryable(after, 32 * MIN), 10 * MIN, 32 * MIN, SOME);
		expect(held).toEqual(dump(createObservation(world).queryable(after, 32 * MIN), 10 * MIN, 32 * MIN, SOME));
	});

	it('is dropped where another state of the world has another past', () => {
		const observation = createObservation(world);
		dump(observation.queryable(trouble, 30 * MIN), 0, 30 * MIN, SOME);
		const other = dump(observation.queryable(quiet, 30 * MIN), 0, 30 * MIN, SOME);
		expect(other).toEqual(dump(createObservation(world).queryable(quiet, 30 * MIN), 0, 30 * MIN, SOME));
		const back = dump(observation.queryable(trouble, 30 * MIN), 0, 30 * MIN, SOME);
		expect(back).toEqual(dump(createObservation(world).queryable(trouble, 30 * MIN), 0, 30 * MIN, SOME));
	});

	it('is the same for a state that was saved and loaded', () => {
		const observation = createObservation(world);
		const before = dump(observation.queryable(trouble, 25 * MIN), 10 * MIN, 25 * MIN, SOME);
		const loaded = JSON.parse(JSON.stringify(trouble)) as WorldState;
		expect(dump(observation.queryable(loaded, 25 * MIN), 10 * MIN, 25 * MIN, SOME)).toEqual(before);
	});
});

describe('series', () => {
	it('are the same objects in every answer', () => {
		const observation = createObservation(world);
		const ask = (tMs: number) =>
			observation.queryable(trouble, tMs).select(matchers('up', { service: 'api' }), tMs - 5 * MIN, tMs);
		const first = ask(10 * MIN);
		const second = ask(11 * MIN);
		expect(first.length).toBe(4);
		expect(second.map((each, i) => each === first[i])).toEqual([true, true, true, true]);
	});

	it('of a pod that ended end with a stale marker', () => {
		const restarted = restartPods(world, trouble, 'search', 10 * MIN, MIN);
		const queryable = createObservation(world).queryable(restarted, 15 * MIN);
		const gone = queryable
			.select(matchers('http_requests_total', { service: 'search' }), 5 * MIN, 15 * MIN)
			.map(samplesOf);
		const ended = gone.filter((samples) => samples.at(-1)?.[1] === null);
		expect(ended.length).toBeGreaterThan(0);
		for (const samples of ended) {
			const marker = samples.findIndex(([, value]) => value === null);
			expect(samples.slice(marker).every(([, value]) => value === null)).toBe(true);
		}
	});

	it('keep what an earlier wide question needs while narrow ones follow', () => {
		const observation = createObservation(world);
		const wide = matchers('http_requests_total', { service: 'lb' });
		for (let minute = 0; minute <= 40; minute += 1) {
			const queryable = observation.queryable(trouble, minute * MIN);
			queryable.select(wide, (minute - 30) * MIN, minute * MIN);
			queryable.select(wide, (minute - 1) * MIN, minute * MIN);
			const series = queryable.select(wide, (minute - 30) * MIN, minute * MIN)[0];
			expect(series?.times[0] ?? Infinity).toBeLessThanOrEqual((minute - 30) * MIN + 15_000);
		}
	});
});

function fail(): never {
	throw new Error('no series');
}

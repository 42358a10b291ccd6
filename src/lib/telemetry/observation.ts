import type { Matcher, Queryable, Series } from '../promql/index.ts';
import { hashString, type World, type WorldState } from '../world/index.ts';
import { Store } from './collect/store.ts';
import type { Site } from './collect/instrument.ts';
import { SeasonIntegral } from './collect/integral.ts';
import { CHANGES, ChangeSeries } from './families/changes.ts';
import { EXPORTERS } from './families/index.ts';
import { HealthReader } from './health.ts';
import { LogReader } from './logs/index.ts';
import { samePast } from './same-past.ts';
import { TraceReader } from './traces/index.ts';
import { Truth } from './truth-view.ts';
import type { Observation } from './types.ts';

/** Questions about a time that lies further back than this get a store of their own, so that what is live stays small. */
const LONG_AGO_MS = 30 * 60_000;
const LONG_AGO_STEP_MS = 10 * 60_000;
const LONG_AGO_STORES = 2;

/**
 * What can be seen of a world. Everything held inside is a memo and may be dropped at any time. `longAgoStores` is how many
 * distances into the past are kept at hand; who evaluates many rules that compare with last week wants more of them.
 */
export function createObservation(world: World, longAgoStores = LONG_AGO_STORES): Observation {
	const season = new SeasonIntegral(world);
	const seedHash = hashString(world.seed);
	const sites: Site[] = Object.entries(world.compiled.services).map(([name, service]) => ({
		name,
		service,
		compiled: world.compiled,
		seedHash
	}));
	const live = new Store(sites, EXPORTERS, season);
	/** By how long ago they are about, the one asked last at the end. */
	const longAgo = new Map<number, Store>();
	const changes = new ChangeSeries();
	const logs = new LogReader(world);
	const traces = new TraceReader(world);
	const health = new HealthReader(world);
	let truth: Truth | null = null;
	/** Up to where anything was computed. */
	let frontierMs = -Infinity;

	function truthOf(state: WorldState): Truth {
		if (truth?.state === state) return truth;
		if (truth !== null && !samePast(truth.state, state, frontierMs)) {
			live.forget();
			longAgo.clear();
			frontierMs = -Infinity;
		}
		truth = new Truth(world, state);
		return truth;
	}

	function storeFor(lagMs: number): Store {
		if (lagMs <= LONG_AGO_MS) return live;
		const key = Math.round(lagMs / LONG_AGO_STEP_MS);
		const store = longAgo.get(key) ?? new Store(sites, EXPORTERS, season);
		longAgo.delete(key);
		longAgo.set(key, store);
		for (const oldest of longAgo.keys()) if (longAgo.size > longAgoStores) longAgo.delete(oldest);
		return store;
	}

	function queryable(state: WorldState, nowMs: number): Queryable {
		return {
			select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Series[] {
				const current = truthOf(state);
				const untilMs = Math.min(toMs, nowMs);
				if (fromMs > untilMs) return [];
				frontierMs = Math.max(frontierMs, untilMs);
				const store = storeFor(nowMs - untilMs);
				store.bind(current);
				const found = store.select(matchers, fromMs, untilMs, nowMs);
				const name = matchers.find((matcher) => matcher.name === '__name__');
				if (name?.op !== '=' ? name?.matches(CHANGES.name) === false : name.value !== CHANGES.name) return found;
				return [...found, ...changes.select(current, matchers, fromMs, untilMs)];
			}
		};
	}

	const families = [...EXPORTERS.flatMap((exporter) => exporter.families), CHANGES];
	return {
		queryable,
		catalogue: () => ({ families }),
		logs: (state, query) => logs.page(truthOf(state), query),
		traces: (state, query) => traces.search(truthOf(state), query),
		trace: (state, traceId, nowMs, nearMs) => traces.trace(truthOf(state), traceId, nowMs, nearMs),
		exemplars: (state, query) => traces.exemplars(truthOf(state), query),
		logSearch: (state, query) => logs.search(truthOf(state), query),
		health: (state, nowMs) => health.read(queryable(state, nowMs), nowMs)
	};
}

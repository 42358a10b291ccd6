import { DateTime } from 'luxon';
import type { CompiledScenario, Dependency } from '../scenario/library.ts';
import type { Service } from '../scenario/scenario.schema.ts';
import { deployVersion } from './changes.ts';
import { enterInitialStates } from './effects.ts';
import { hashString } from './random.ts';
import { seasonOf, type Season } from './season.ts';
import type { WorldState } from './types.ts';

/** One scenario under one seed. Immutable; what is computed of a WorldState is remembered beside it and can be dropped. */
export interface World {
	readonly compiled: CompiledScenario;
	readonly seed: string;
	readonly seedHash: number;
	readonly season: Season;
	/** Offset of the scenario's zone from UTC at the start, in milliseconds. */
	readonly zoneOffsetMs: number;
	/** What each service calls. */
	readonly callees: ReadonlyMap<string, readonly Dependency[]>;
	/** Who calls each service. */
	readonly callers: ReadonlyMap<string, readonly Dependency[]>;
	/** Memos of pure functions of a state. */
	readonly memos: WeakMap<WorldState, Map<string, unknown>>;
}

/** Builds the world of a compiled scenario under a seed. */
export function createWorld(compiled: CompiledScenario, seed: string): World {
	const zone = compiled.scenario.clock.zone;
	// The class of a variant's seeds: the same number gives another system there.
	const drawn = compiled.variant?.seedClass === undefined ? seed : `${compiled.variant.seedClass} ${seed}`;
	const start = DateTime.fromMillis(compiled.startsAt, { zone });
	const zoneOffsetMs = (start.isValid ? start.offset : 0) * 60_000;
	return {
		compiled,
		seed: drawn,
		seedHash: hashString(drawn),
		season: seasonOf(compiled.topology.season, compiled.startsAt + zoneOffsetMs),
		zoneOffsetMs,
		callees: grouped(compiled.dependencies, 'from'),
		callers: grouped(compiled.dependencies, 'to'),
		memos: new WeakMap()
	};
}

/**
 * The world before anything moves: changes of the pre-history have been made, every fault that has begun stands in its
 * initial state since it began. What follows from that until time 0 (timers, kills) is for the engine to play.
 */
export function initialWorldState(world: World): WorldState {
	const empty: WorldState = {
		curves: {},
		versions: {},
		restarts: [],
		replicas: [],
		instruments: [],
		logs: [],
		faults: {}
	};
	const changed = world.compiled.scenario.changes
		.filter((change) => change.at <= 0 && change.version !== undefined)
		.toSorted((a, b) => a.at - b.at)
		.reduce((state, change) => deployVersion(world, state, change.service, change, change.at), empty);
	return enterInitialStates(world, changed);
}

/** Computes once per state what `compute` says; a memo of a pure function. */
export function remember<T>(world: World, state: WorldState, key: string, compute: () => T): T {
	let memo = world.memos.get(state);
	if (memo === undefined) world.memos.set(state, (memo = new Map()));
	if (memo.has(key)) return memo.get(key) as T;
	const value = compute();
	memo.set(key, value);
	return value;
}

/** The service of that name. Throws where there is none: names are checked when the scenario is loaded. */
export function serviceOf(world: World, name: string): Service {
	const service = world.compiled.services[name];
	if (service === undefined) throw new Error(`no service ${name} in ${world.compiled.scenario.id}`);
	return service;
}

function grouped(dependencies: readonly Dependency[], end: 'from' | 'to'): Map<string, Dependency[]> {
	const groups = new Map<string, Dependency[]>();
	for (const dependency of dependencies) {
		const group = groups.get(dependency[end]);
		if (group === undefined) groups.set(dependency[end], [dependency]);
		else group.push(dependency);
	}
	return groups;
}

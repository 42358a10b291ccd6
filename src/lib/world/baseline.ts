import type { WorldState } from './types.ts';
import { mix, unit } from './random.ts';
import { metricHandle } from './truth.ts';
import { serviceOf, type World } from './world.ts';

const BLIP_SLOT_MS = 3 * 3_600_000;
const BLIP_MS = 5 * 60_000;

/** Multiplier of traffic by time of day and day of the week; 1 is the weekday's mean. */
export function seasonAt(world: World, tMs: number): number {
	return world.season.at(tMs);
}

/** Requests per second that reach a service, all pods together. */
export function requestsPerSecond(world: World, state: WorldState, service: string, tMs: number): number {
	const nominal = world.compiled.topology.load * serviceOf(world, service).traffic;
	return nominal * world.season.at(tMs) * metricHandle(world, state, service, {}, 'traffic')(tMs);
}

/**
 * What a metric is when nothing happens: the service's own `baseline` first, then its fields, then what its kind has.
 * Base units. Metrics that follow load or pods move around this value (see `derived.ts`). Unknown names are 0.
 */
export function baselineOf(world: World, service: string, metric: string): number {
	const spec = serviceOf(world, service);
	const own = spec.baseline[metric];
	if (own !== undefined) return own;
	switch (metric) {
		case 'traffic':
		case 'up':
			return 1;
		case 'errors':
			return spec.errors;
		case 'latency':
			return spec.p95;
		case 'cpu':
			return spec.cpu ?? (spec.kind === 'vendor' ? 0 : 0.35);
		case 'mem':
			return spec.memory;
		case 'disk':
			return spec.kind === 'db' || spec.kind === 'storage' ? 0.52 : 0.38;
		case 'disk_io':
			return spec.kind === 'db' || spec.kind === 'storage' ? 0.28 : 0.06;
		case 'conns':
			return spec.max_connections === undefined ? 24 : spec.max_connections * 0.35;
		case 'pool_avail':
			return spec.pool === undefined ? 0 : spec.pool.size * (1 - spec.pool.used);
		case 'threads':
			return spec.runtime === 'jvm' ? 64 : 18;
		case 'fds':
			return 140;
		case 'queue_depth':
			return 4;
		case 'queue_age':
			return 300;
		case 'hit_ratio':
			return 0.94;
		case 'gc_pause':
			return spec.runtime === 'jvm' ? 14 : 1;
		case 'lag':
			return 150;
		case 'ready':
		case 'replicas':
			return spec.replicas;
		default:
			return 0;
	}
}

/** An occasional harmless wave in a quiet baseline, 0..1: twice a day or so, five minutes long, the same for the same seed. */
export function blip(serviceHash: number, tMs: number): number {
	const slot = Math.floor(tMs / BLIP_SLOT_MS);
	const hash = mix(serviceHash, slot);
	if ((hash & 3) !== 0) return 0;
	const begins = slot * BLIP_SLOT_MS + unit(mix(hash, 1)) * (BLIP_SLOT_MS - BLIP_MS);
	const part = (tMs - begins) / BLIP_MS;
	return part <= 0 || part >= 1 ? 0 : Math.sin(Math.PI * part) ** 2;
}

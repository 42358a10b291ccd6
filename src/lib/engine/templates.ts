import { fakerPools, podsAt, truthAt, type FakerPools } from '../world/index.ts';
import { parseDuration, parseMetricTarget } from '../scenario/units.ts';
import type { Machinery } from './run.ts';
import type { EngineState } from './types.ts';

const RATIOS: ReadonlySet<string> = new Set([
	'errors',
	'cpu',
	'mem',
	'disk',
	'disk_io',
	'hit_ratio',
	'traffic',
	'dns_errors',
	'tls_errors',
	'pkt_loss'
]);
const MILLISECONDS: ReadonlySet<string> = new Set(['latency', 'queue_age', 'gc_pause', 'lag']);
const pools = new Map<string, FakerPools>();
const MOST_POOLS = 64;

/**
 * Fills in what a text says of the moment: `{{metric core-api.errors}}` as people write it, `{{time -4m}}` local time so
 * long after (or before) the begin, `{{now}}` or `{{now -10m}}`, `{{state release}}`, `{{pod core-api 0}}`,
 * `{{customer 3}}`, `{{person 1}}`, `{{host 2}}`, `{{address 5}}`. What it does not know stays as it is.
 */
export function fillIn(machinery: Machinery, state: EngineState, text: string): string {
	return text.replace(/\{\{([^{}]*)\}\}/g, (whole: string, inside: string) => {
		const [, name = '', rest = ''] = /^([a-z]+)(?:\s+(.*))?$/s.exec(inside.trim()) ?? [];
		return value(machinery, state, name, rest) ?? whole;
	});
}

function value(machinery: Machinery, state: EngineState, name: string, rest: string): string | null {
	switch (name) {
		case 'metric': {
			const target = parseMetricTarget(rest);
			if (target === null || machinery.compiled.services[target.service] === undefined) return null;
			return written(target.metric, truthAt(machinery.world, state.world, target, state.simMs));
		}
		case 'time':
			return timeAfter(machinery, 0, rest);
		case 'now':
			return timeAfter(machinery, state.simMs, rest);
		case 'state':
			return state.world.faults[rest]?.state ?? null;
		case 'pod': {
			const [service = '', index = '0'] = rest.split(/\s+/);
			if (machinery.compiled.services[service] === undefined) return null;
			const pods = podsAt(machinery.world, state.world, service, state.simMs);
			return pods[Number(index) % Math.max(1, pods.length)]?.name ?? null;
		}
		case 'customer':
			return from(state.seed, 'customers', rest);
		case 'person':
			return from(state.seed, 'people', rest);
		case 'host':
			return from(state.seed, 'hosts', rest);
		case 'address':
			return from(state.seed, 'addresses', rest);
		default:
			return null;
	}
}

/** A value as people write it: shares in percent, times in ms or s, counts rounded. */
export function written(metric: string, value: number): string {
	if (RATIOS.has(metric)) return `${round(value * 100)}%`;
	if (MILLISECONDS.has(metric)) return value >= 10_000 ? `${round(value / 1000)}s` : `${Math.round(value)}ms`;
	return round(value);
}

function round(value: number): string {
	if (Math.abs(value) >= 100) return String(Math.round(value));
	return String(Number(value.toFixed(Math.abs(value) >= 10 ? 1 : 2)));
}

/** Local time of day, `10:36`; with seconds where the offset has them. */
function timeAfter({ compiled, world }: Machinery, simMs: number, offset: string): string | null {
	const by = offset === '' ? 0 : parseDuration(offset.replace(/^\+/, ''));
	if (by === null) return null;
	const local = new Date(compiled.startsAt + world.zoneOffsetMs + simMs + by).toISOString();
	return by % 60_000 === 0 ? local.slice(11, 16) : local.slice(11, 19);
}

function from(seed: string, pool: 'customers' | 'people' | 'hosts' | 'addresses', index: string): string | null {
	let known = pools.get(seed);
	if (known === undefined) {
		if (pools.size >= MOST_POOLS) pools.clear();
		pools.set(seed, (known = fakerPools(seed)));
	}
	const list = known[pool];
	return list[Math.abs(Math.trunc(Number(index) || 0)) % list.length] ?? null;
}

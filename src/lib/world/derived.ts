import { baselineOf, blip } from './baseline.ts';
import { missingShare, readiness } from './capacity.ts';
import { memoryBase } from './memory.ts';
import type { MetricNode } from './node.ts';
import { desiredAt, podHistory } from './pods.ts';
import { keyedHash } from './random.ts';
import { metricNode } from './truth.ts';
import type { WorldState } from './types.ts';
import { serviceOf, type World } from './world.ts';

/**
 * What a metric does of itself, without any curve of its own: follows load, pods, memory pressure. The formulas are plain
 * models, made to look right on a chart and to keep cause before effect; they claim no more.
 */
export function derivedNode(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string
): MetricNode {
	const base = baselineOf(world, service, metric);
	const written = serviceOf(world, service).baseline[metric] !== undefined;
	const hash = keyedHash(world.seedHash, 'blip', service);
	switch (metric) {
		case 'errors': {
			const missing = missingShare(world, state, service);
			const calm = (t: number) => base * (1 + 0.6 * blip(hash, t));
			// Requests on a pod that dies are lost; the rest go elsewhere.
			return missing === null ? quiet(calm) : moving((t) => 1 - (1 - calm(t)) * (1 - 0.02 * missing(t)));
		}
		case 'latency':
			return quiet((t) => base * (1 + 0.12 * blip(hash, t)));
		case 'cpu': {
			if (base === 0) return quiet(() => 0);
			const load = loadNode(world, state, service);
			const ready = readiness(world, state, service);
			const planned = serviceOf(world, service).replicas;
			const spread = ready.constant ? () => 1 : (t: number) => planned / Math.max(1, ready.at(t));
			return {
				at: (t) => Math.min(0.99, base * (0.5 + 0.5 * Math.min(2.2, load.at(t))) * Math.min(2, spread(t))),
				quiet: load.quiet && ready.constant
			};
		}
		case 'mem':
			return memoryBase(world, state, service, labels);
		case 'conns':
		case 'threads':
		case 'queue_depth':
		case 'disk_io': {
			// What an author wrote down is what is meant, at any hour.
			if (written) return quiet(() => base);
			const load = loadNode(world, state, service);
			return { at: (t) => base * (0.7 + 0.3 * load.at(t)), quiet: load.quiet };
		}
		case 'pool_avail': {
			const size = serviceOf(world, service).pool?.size ?? 0;
			if (written || size === 0) return quiet(() => base);
			const load = loadNode(world, state, service);
			return { at: (t) => Math.max(0, size - (size - base) * (0.7 + 0.3 * load.at(t))), quiet: load.quiet };
		}
		case 'gc_pause': {
			if (serviceOf(world, service).runtime !== 'jvm') return quiet(() => base);
			const memory = metricNode(world, state, service, labels, 'mem');
			if (memory.quiet) return quiet(() => base);
			return moving((t) => base * gcStretch(memory.at(t)));
		}
		case 'ready': {
			const ready = readiness(world, state, service);
			return { at: (t) => ready.at(t), quiet: ready.constant };
		}
		case 'replicas':
			return moving((t) => desiredAt(world, state, service, t));
		case 'restarts': {
			const lives = podHistory(world, state, service).filter((pod) => pod.ended === 'oom');
			return moving((t) => lives.filter((pod) => (pod.endedAtMs ?? Infinity) <= t).length);
		}
		case 'up': {
			const ready = readiness(world, state, service);
			return ready.constant ? quiet(() => base) : moving((t) => (ready.at(t) > 0 ? 1 : 0));
		}
		default:
			return quiet(() => base);
	}
}

/**
 * What adds itself to a service's latency from its own resources, beside any curve: missing pods, a saturated CPU, pauses
 * of the garbage collector. Milliseconds; null where nothing can.
 */
export function strain(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>
): ((tMs: number) => number) | null {
	const nominal = baselineOf(world, service, 'latency');
	const parts: ((tMs: number) => number)[] = [];
	const missing = missingShare(world, state, service);
	if (missing !== null) parts.push((t) => nominal * 0.6 * missing(t));
	const cpu = metricNode(world, state, service, labels, 'cpu');
	if (!cpu.quiet) parts.push((t) => nominal * 2.5 * (Math.max(0, cpu.at(t) - 0.85) / 0.15) ** 2);
	const gc = metricNode(world, state, service, labels, 'gc_pause');
	if (!gc.quiet) {
		const usual = baselineOf(world, service, 'gc_pause');
		parts.push((t) => 0.4 * Math.max(0, gc.at(t) - usual));
	}
	if (parts.length === 0) return null;
	return (t) => {
		let sum = 0;
		for (const part of parts) sum += part(t);
		return sum;
	};
}

/** Pauses grow once memory is scarce: twice as long at 80 %, some fifty times at the limit. */
function gcStretch(memory: number): number {
	return 1 + 55 * (Math.max(0, memory - 0.72) / 0.28) ** 2.2;
}

/** Load as a multiple of the daily mean: season times traffic. */
function loadNode(world: World, state: WorldState, service: string): MetricNode {
	const traffic = metricNode(world, state, service, {}, 'traffic');
	if (traffic.quiet) return quiet((t) => world.season.at(t));
	return moving((t) => world.season.at(t) * traffic.at(t));
}

function quiet(at: (tMs: number) => number): MetricNode {
	return { at, quiet: true };
}

function moving(at: (tMs: number) => number): MetricNode {
	return { at, quiet: false };
}

import type { MetricTarget } from '../scenario/condition.ts';
import { baselineOf } from './baseline.ts';
import { clampMetric } from './clamp.ts';
import { strain } from './derived.ts';
import type { MetricNode } from './node.ts';
import { ownNode } from './own.ts';
import { metricKey } from './metric-key.ts';
import { podHistory } from './pods.ts';
import type { WorldState } from './types.ts';
import { remember, type World } from './world.ts';

/** A metric at a simulated time (milliseconds), in its base unit. */
export type MetricHandle = (tMs: number) => number;

/** Share of a caller's extra traffic that reaches what it calls. */
const TRAFFIC_SHARE = 0.7;

/** The true value of a metric at a moment. */
export function truthAt(world: World, state: WorldState, target: MetricTarget, tMs: number): number {
	return metricHandle(world, state, target.service, target.where, target.metric)(tMs);
}

/**
 * A fast handle on a metric's truth, good for one WorldState. `where` picks a part of the service: `{version}`, `{pod}`
 * (a pod's name), `{endpoint}` or labels of the scenario's own; empty is the whole, weighted by traffic.
 */
export function metricHandle(
	world: World,
	state: WorldState,
	service: string,
	where: Record<string, string>,
	metric: string
): MetricHandle {
	return metricNode(world, state, service, where, metric).at;
}

/** Metric with all that reaches it through the dependencies. Remembered per state. */
export function metricNode(
	world: World,
	state: WorldState,
	service: string,
	where: Record<string, string>,
	metric: string
): MetricNode {
	const key = metricKey({ service, where, metric });
	const nodes = remember(world, state, 'nodes', () => new Map<string, MetricNode | null>());
	const known = nodes.get(key);
	if (known) return known;
	// Null marks a node that is being made: a cascade that leads back to itself feels nothing of itself.
	if (known === null) return { at: () => baselineOf(world, service, metric), quiet: true };
	nodes.set(key, null);
	const node = propagated(world, state, service, withVersion(world, state, service, where), metric);
	// Several callers ask for the same moment one after the other.
	let lastMs = NaN;
	let last = 0;
	const clamped: MetricNode = {
		quiet: node.quiet,
		at: (t) => {
			if (t !== lastMs) {
				last = clampMetric(metric, node.at(t));
				lastMs = t;
			}
			return last;
		}
	};
	nodes.set(key, clamped);
	return clamped;
}

function propagated(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string
): MetricNode {
	const own = ownNode(world, state, service, labels, metric);
	switch (metric) {
		case 'errors': {
			const reaching = excesses(world, state, service, 'errors');
			if (reaching.length === 0) return own;
			const base = baselineOf(world, service, 'errors');
			return {
				quiet: false,
				at: (t) => {
					let sound = 1 - base;
					for (const { share, delayMs, excess } of reaching) sound *= 1 - share * excess(t - delayMs);
					return Math.max(own.at(t), 1 - sound);
				}
			};
		}
		case 'latency': {
			const reaching = excesses(world, state, service, 'latency');
			const load = strain(world, state, service, labels);
			if (reaching.length === 0 && load === null) return own;
			const base = baselineOf(world, service, 'latency');
			return {
				quiet: false,
				at: (t) => {
					let felt = base;
					for (const { share, delayMs, excess } of reaching) felt += share * excess(t - delayMs);
					const value = Math.max(own.at(t), felt);
					return load === null ? value : value + load(t);
				}
			};
		}
		case 'traffic': {
			// What a caller sends more (or less) is passed on, unless the callee's own curve says otherwise.
			const callers = (world.callers.get(service) ?? [])
				.map((dependency) => metricNode(world, state, dependency.from, {}, 'traffic'))
				.filter((caller) => !caller.quiet);
			if (!own.quiet || callers.length === 0) return own;
			const all = world.callers.get(service)?.length ?? callers.length;
			return {
				quiet: false,
				at: (t) => {
					let extra = 0;
					for (const caller of callers) extra += caller.at(t) - 1;
					return 1 + (TRAFFIC_SHARE * extra) / all;
				}
			};
		}
		default:
			return own;
	}
}

/** What the services called have beyond their baselines, where they can have anything. */
function excesses(world: World, state: WorldState, service: string, metric: 'errors' | 'latency') {
	const found: { share: number; delayMs: number; excess: MetricHandle }[] = [];
	for (const dependency of world.callees.get(service) ?? []) {
		const share = dependency[metric];
		if (share === 0) continue;
		const callee = metricNode(world, state, dependency.to, {}, metric);
		if (callee.quiet) continue;
		const base = baselineOf(world, dependency.to, metric);
		found.push({ share, delayMs: dependency.delayMs, excess: (t) => Math.max(0, callee.at(t) - base) });
	}
	return found;
}

/** A pod's labels include the version it runs. */
function withVersion(
	world: World,
	state: WorldState,
	service: string,
	where: Record<string, string>
): Record<string, string> {
	const name = where.pod;
	if (name === undefined || where.version !== undefined) return where;
	const pod = podHistory(world, state, service).find((each) => each.name === name);
	return pod === undefined ? where : { ...where, version: pod.version };
}

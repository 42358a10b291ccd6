import { derivedNode } from './derived.ts';
import { memoryNode } from './memory.ts';
import { parseMetricKey } from './metric-key.ts';
import { covers, entriesOf, pick, type CurveEntry, type MetricNode } from './node.ts';
import { baselineOf } from './baseline.ts';
import { podHistory } from './pods.ts';
import { keyedHash } from './random.ts';
import { shapeValue, type ShapeContext } from './shapes.ts';
import { metricNode } from './truth.ts';
import type { Curve, WorldState } from './types.ts';
import { serviceOf, type World } from './world.ts';

/**
 * A service's own part of a metric: its curves over its baseline, before anything arrives through dependencies. Where
 * curves are split by version, pod or endpoint, the whole is the mean weighted by traffic.
 */
export function ownNode(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string
): MetricNode {
	const entries = entriesOf(world, state, service, metric);
	if (metric === 'mem') return memoryNode(world, state, service, labels, entries);
	if (labels.version === undefined && entries.some((entry) => 'version' in entry.where || 'pod' in entry.where))
		return overPods(world, state, service, labels, metric);
	if (labels.endpoint === undefined && entries.some((entry) => 'endpoint' in entry.where))
		return overEndpoints(world, state, service, labels, metric, entries);
	return leaf(world, state, service, labels, metric, entries);
}

function leaf(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string,
	entries: readonly CurveEntry[]
): MetricNode {
	const base = derivedNode(world, state, service, labels, metric);
	const fitting = entries.filter((entry) => covers(entry.where, labels));
	if (fitting.length === 0) return base;
	const contexts = shapeContexts(world, state, service, metric, base);
	return {
		quiet: false,
		at: (t) => {
			const found = pick(fitting, t);
			return found === null ? base.at(t) : shapeValue(found.curve, t, contexts(found.entry, found.curve));
		}
	};
}

/** Contexts of a metric's curves, made once per curve. */
export function shapeContexts(
	world: World,
	state: WorldState,
	service: string,
	metric: string,
	base: MetricNode
): (entry: CurveEntry, curve: Curve) => ShapeContext {
	const made = new Map<Curve, ShapeContext>();
	return (entry, curve) => {
		let context = made.get(curve);
		if (context === undefined) {
			context = {
				base: base.at,
				sourceExcess: curve.source === null ? () => 0 : sourceExcess(world, state, curve.source),
				seedHash: keyedHash(world.seedHash, entry.key, metric)
			};
			made.set(curve, context);
		}
		return context;
	};
}

function sourceExcess(world: World, state: WorldState, source: string): (tMs: number) => number {
	const target = parseMetricKey(source);
	const node = metricNode(world, state, target.service, target.where, target.metric);
	const base = baselineOf(world, target.service, target.metric);
	return (t) => node.at(t) - base;
}

function overPods(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string
): MetricNode {
	const groups = new Map<string, { node: MetricNode; lives: { fromMs: number; untilMs: number }[] }>();
	const byPod = entriesOf(world, state, service, metric).some((entry) => 'pod' in entry.where);
	for (const pod of podHistory(world, state, service)) {
		const part = byPod ? { ...labels, version: pod.version, pod: pod.name } : { ...labels, version: pod.version };
		const key = byPod ? pod.name : pod.version;
		const life = { fromMs: pod.readyAtMs, untilMs: pod.endedAtMs ?? Infinity };
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { node: ownNode(world, state, service, part, metric), lives: [life] });
		else group.lives.push(life);
	}
	const parts = [...groups.values()];
	const none = derivedNode(world, state, service, labels, metric);
	return {
		quiet: false,
		at: (t) => {
			let sum = 0;
			let ready = 0;
			for (const part of parts) {
				let count = 0;
				for (const life of part.lives) if (life.fromMs <= t && t < life.untilMs) count += 1;
				if (count === 0) continue;
				ready += count;
				sum += count * part.node.at(t);
			}
			return ready === 0 ? none.at(t) : sum / ready;
		}
	};
}

function overEndpoints(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	metric: string,
	entries: readonly CurveEntry[]
): MetricNode {
	const paths = new Set(entries.map((entry) => entry.where.endpoint).filter((path) => path !== undefined));
	const parts = [...paths].map((path) => ({
		share: serviceOf(world, service)
			.endpoints.filter((endpoint) => endpoint.path === path)
			.reduce((sum, endpoint) => sum + endpoint.share, 0),
		node: leaf(world, state, service, { ...labels, endpoint: path }, metric, entries)
	}));
	const rest = leaf(world, state, service, labels, metric, entries);
	const remaining = Math.max(0, 1 - parts.reduce((sum, part) => sum + part.share, 0));
	return {
		quiet: false,
		at: (t) => parts.reduce((sum, part) => sum + part.share * part.node.at(t), remaining * rest.at(t))
	};
}

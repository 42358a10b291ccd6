import { metricKey, parseMetricKey } from './metric-key.ts';
import { curveAt } from './shapes.ts';
import type { Curve, WorldState } from './types.ts';
import { remember, type World } from './world.ts';

/** One metric as a function of time. `quiet` where it never leaves its baseline, so that callers need not ask. */
export interface MetricNode {
	at(tMs: number): number;
	quiet: boolean;
}

/** Curves of one metric of one service under one set of labels. */
export interface CurveEntry {
	key: string;
	where: Record<string, string>;
	labels: number;
	curves: Curve[];
}

const NONE: readonly CurveEntry[] = [];

/** Every set of curves that a metric of a service has, the most specific labels first. */
export function entriesOf(world: World, state: WorldState, service: string, metric: string): readonly CurveEntry[] {
	const index = remember(world, state, 'entries', () => {
		const groups = new Map<string, CurveEntry[]>();
		for (const [key, curves] of Object.entries(state.curves)) {
			const target = parseMetricKey(key);
			const entry = { key, where: target.where, labels: Object.keys(target.where).length, curves };
			const name = metricKey({ ...target, where: {} });
			groups.set(name, [...(groups.get(name) ?? []), entry]);
		}
		for (const group of groups.values()) group.sort((a, b) => b.labels - a.labels || (a.key < b.key ? -1 : 1));
		return groups;
	});
	return index.get(`${service}.${metric}`) ?? NONE;
}

/** Whether every label of `where` has that value in `labels`. */
export function covers(where: Record<string, string>, labels: Record<string, string>): boolean {
	for (const label in where) if (labels[label] !== where[label]) return false;
	return true;
}

/** The curve that counts at a moment: the last begun; of those begun together, the one with the most labels. Null before all. */
export function pick(entries: readonly CurveEntry[], tMs: number): { entry: CurveEntry; curve: Curve } | null {
	let entry: CurveEntry | null = null;
	let curve: Curve | null = null;
	for (const each of entries) {
		const begun = curveAt(each.curves, tMs);
		if (begun !== null && (curve === null || begun.atMs > curve.atMs)) {
			entry = each;
			curve = begun;
		}
	}
	return entry === null || curve === null ? null : { entry, curve };
}

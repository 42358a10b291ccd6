import type { Curve, WorldState } from '../world/index.ts';

/**
 * Whether two states of the world tell the same story up to a moment. States only ever grow, so a later one does; one of
 * another future (what if we had acted otherwise) does until it parts.
 */
export function samePast(a: WorldState, b: WorldState, untilMs: number): boolean {
	if (a === b) return true;
	return (
		sameCurves(a.curves, b.curves, untilMs) &&
		sameVersions(a, b, untilMs) &&
		sameList(a.restarts, b.restarts, untilMs, (each) => Math.min(each.atMs, each.beganMs)) &&
		sameList(a.replicas, b.replicas, untilMs, (each) => each.atMs) &&
		sameList(clipped(a.instruments, untilMs), clipped(b.instruments, untilMs), untilMs, (each) => each.fromMs) &&
		sameList(clipped(a.logs, untilMs), clipped(b.logs, untilMs), untilMs, (each) => each.fromMs)
	);
}

function sameCurves(a: Record<string, Curve[]>, b: Record<string, Curve[]>, untilMs: number): boolean {
	if (a === b) return true;
	for (const key in a) if (!sameList(a[key] ?? NONE, b[key] ?? NONE, untilMs, atOf)) return false;
	for (const key in b) if (!(key in a) && !sameList(NONE, b[key] ?? NONE, untilMs, atOf)) return false;
	return true;
}

function sameVersions(a: WorldState, b: WorldState, untilMs: number): boolean {
	if (a.versions === b.versions) return true;
	const services = new Set([...Object.keys(a.versions), ...Object.keys(b.versions)]);
	for (const service of services)
		if (!sameList(a.versions[service] ?? [], b.versions[service] ?? [], untilMs, (each) => each.atMs)) return false;
	return true;
}

const NONE: Curve[] = [];
const atOf = (curve: Curve) => curve.atMs;

function sameList<T>(a: readonly T[], b: readonly T[], untilMs: number, atOf: (each: T) => number): boolean {
	if (a === b) return true;
	let i = 0;
	let j = 0;
	for (;;) {
		while (i < a.length && atOf(a[i] as T) > untilMs) i += 1;
		while (j < b.length && atOf(b[j] as T) > untilMs) j += 1;
		const [one, other] = [a[i], b[j]];
		if (one === undefined || other === undefined) return one === other;
		if (one !== other && JSON.stringify(one) !== JSON.stringify(other)) return false;
		i += 1;
		j += 1;
	}
}

/** What ends later, or never, is the same until then. */
function clipped<T extends { untilMs: number | null }>(list: readonly T[], untilMs: number): T[] {
	return list.map((each) => (each.untilMs !== null && each.untilMs > untilMs ? { ...each, untilMs: null } : each));
}

import { podHistory } from './pods.ts';
import type { Curve, WorldState } from './types.ts';
import { remember, type World } from './world.ts';

/** Kinks within one window of one periodic shape, at most. */
const MOST_PERIODS = 200;

/**
 * Moments in [fromMs, toMs] where the truth of some metric of a service jumps or bends: curves of its own and of what it
 * depends on (delayed), pods that come and go, versions. Ascending, without repetition. For integrating piece by piece.
 */
export function breakpoints(world: World, state: WorldState, service: string, fromMs: number, toMs: number): number[] {
	const all = remember(world, state, `breaks:${service}`, () => allBreaks(world, state, service));
	const found = all.fixed.filter((t) => t >= fromMs && t <= toMs);
	for (const { curve, untilMs, delayMs } of all.periodic) {
		const first = Math.max(fromMs - delayMs, curve.atMs);
		const last = Math.min(toMs - delayMs, untilMs);
		let count = Math.ceil((first - curve.originMs) / curve.spanMs);
		for (let i = 0; i < MOST_PERIODS; i += 1, count += 1) {
			const start = curve.originMs + count * curve.spanMs;
			if (start > last) break;
			found.push(start + delayMs);
			const off = start + curve.extra * curve.spanMs;
			if (curve.shape === 'flap' && off <= last) found.push(off + delayMs);
		}
	}
	return [...new Set(found)].sort((a, b) => a - b);
}

interface Breaks {
	fixed: number[];
	periodic: { curve: Curve; untilMs: number; delayMs: number }[];
}

function allBreaks(world: World, state: WorldState, service: string): Breaks {
	const fixed = new Set<number>();
	const periodic: Breaks['periodic'] = [];
	for (const [name, delayMs] of reach(world, service)) {
		for (const pod of podHistory(world, state, name)) {
			fixed.add(pod.startedAtMs + delayMs).add(pod.readyAtMs + delayMs);
			if (pod.endedAtMs !== null) fixed.add(pod.endedAtMs + delayMs);
		}
		for (const [key, curves] of Object.entries(state.curves)) {
			if (!key.startsWith(name) || (key[name.length] !== '.' && key[name.length] !== '[')) continue;
			for (const [i, curve] of curves.entries()) {
				const untilMs = curves[i + 1]?.atMs ?? Infinity;
				fixed.add(curve.atMs + delayMs);
				if ((curve.shape === 'sawtooth' || curve.shape === 'flap') && curve.spanMs > 0) {
					periodic.push({ curve, untilMs, delayMs });
				} else if (curve.spanMs > 0 && curve.originMs + curve.spanMs < untilMs) {
					fixed.add(curve.originMs + curve.spanMs + delayMs);
				}
			}
		}
	}
	return { fixed: [...fixed].sort((a, b) => a - b), periodic };
}

/** The service, all it depends on and all that call it, with the delay until it is felt. */
function reach(world: World, service: string): Map<string, number> {
	const delays = new Map([[service, 0]]);
	const queue = [service];
	for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
		for (const dependency of world.callees.get(name) ?? []) {
			if (delays.has(dependency.to)) continue;
			delays.set(dependency.to, (delays.get(name) ?? 0) + dependency.delayMs);
			queue.push(dependency.to);
		}
	}
	for (const dependency of world.callers.get(service) ?? [])
		if (!delays.has(dependency.from)) delays.set(dependency.from, 0);
	return delays;
}

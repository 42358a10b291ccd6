import { desiredAt, podHistory } from './pods.ts';
import type { WorldState } from './types.ts';
import { remember, type World } from './world.ts';

/** Ready pods over time as a step function. */
export interface Readiness {
	/** True where the number of ready pods never moves. */
	constant: boolean;
	/** Number of pods that serve at a moment. */
	at(tMs: number): number;
}

/** Ready pods of a service over time. */
export function readiness(world: World, state: WorldState, service: string): Readiness {
	return remember(world, state, `ready:${service}`, () => {
		const edges: { atMs: number; by: number }[] = [];
		for (const pod of podHistory(world, state, service)) {
			if (pod.endedAtMs !== null && pod.endedAtMs <= pod.readyAtMs) continue;
			edges.push({ atMs: pod.readyAtMs, by: 1 });
			if (pod.endedAtMs !== null) edges.push({ atMs: pod.endedAtMs, by: -1 });
		}
		edges.sort((a, b) => a.atMs - b.atMs);
		const times: number[] = [];
		const counts: number[] = [];
		let count = 0;
		for (const edge of edges) {
			count += edge.by;
			if (times.at(-1) === edge.atMs) counts[counts.length - 1] = count;
			else {
				times.push(edge.atMs);
				counts.push(count);
			}
		}
		// Before the first pod was ready the service is taken to have been as it was right after.
		const full = desiredAt(world, state, service, Number.NEGATIVE_INFINITY);
		const firstFull = counts.findIndex((each) => each >= full);
		const constant = firstFull === counts.length - 1;
		return {
			constant,
			at(tMs) {
				if (constant) return full;
				let low = 0;
				let high = times.length;
				while (low < high) {
					const middle = (low + high) >> 1;
					if ((times[middle] ?? 0) <= tMs) low = middle + 1;
					else high = middle;
				}
				return low - 1 < firstFull ? full : (counts[low - 1] ?? full);
			}
		};
	});
}

/** Share of the wanted pods that are missing at a moment, 0..1; null where none ever is. */
export function missingShare(world: World, state: WorldState, service: string): ((tMs: number) => number) | null {
	const ready = readiness(world, state, service);
	if (ready.constant) return null;
	return (tMs) => {
		const desired = desiredAt(world, state, service, tMs);
		return desired <= 0 ? 0 : Math.max(0, 1 - ready.at(tMs) / desired);
	};
}

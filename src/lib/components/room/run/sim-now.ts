/** Simulated time from incident time: the two differ by a constant, which any event tells. Pure. */
import type { ViewEvent } from '$lib/incident/event.ts';

export function simNow(events: readonly ViewEvent[], now: number): number | null {
	const known = events.findLast((event) => event.simMs !== null);
	return known && known.simMs !== null ? now - known.occurredAt + known.simMs : null;
}

// A run's fictional calendar as wall time that ends now. Tools send their own clock; so that it means the present, all times are
// shifted by one constant per run, which changes only while simulated time stands still (and follows it where it runs faster).

import type { LiveIncident } from '../runs/live-incident.ts';

/** Clocks may differ by this much before the shift is corrected. */
const TOLERANCE_MS = 2_000;

export class WallClock {
	readonly #now: () => number;
	readonly #bases = new WeakMap<LiveIncident, number>();

	/** `now` is wall time, epoch ms. */
	constructor(now: () => number) {
		this.#now = now;
	}

	/** What simulated time 0 is on the wall clock, epoch ms on whole seconds. */
	baseOf(live: LiveIncident): number {
		const wanted = this.#now() - live.clock.simMs;
		const kept = this.#bases.get(live);
		if (kept !== undefined && Math.abs(wanted - kept) <= TOLERANCE_MS) return kept;
		const base = Math.round(wanted / 1000) * 1000;
		this.#bases.set(live, base);
		return base;
	}

	/** The present, as tools send it. */
	now(): number {
		return this.#now();
	}
}

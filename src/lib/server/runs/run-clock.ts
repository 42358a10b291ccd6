// Simulated time against the wall clock: an anchor, and how fast it goes from there. Nothing happens here; somebody asks.

export interface Pace {
	simMs: number;
	speed: number;
	running: boolean;
}

export class RunClock {
	#now: () => number;
	#anchor: Pace & { wallMs: number };

	/** `now` is monotonic wall time in milliseconds. */
	constructor(now: () => number, pace: Pace) {
		this.#now = now;
		this.#anchor = { ...pace, wallMs: now() };
	}

	/** Goes on from here at this pace. */
	set(pace: Pace): void {
		this.#anchor = { ...pace, wallMs: this.#now() };
	}

	get pace(): Pace {
		return { ...this.#anchor, simMs: this.simMs };
	}

	/** Simulated time now, in milliseconds and finer than the grid of the simulation. */
	get simMs(): number {
		const { simMs, speed, running, wallMs } = this.#anchor;
		return running ? simMs + (this.#now() - wallMs) * speed : simMs;
	}

	get running(): boolean {
		return this.#anchor.running;
	}
}

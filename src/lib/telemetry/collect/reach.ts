/** Questions that reach back further than this (20 minutes) are rare: a chart is opened. */
const WIDE = 80;
/** What they need is kept for two minutes. */
const WIDE_FOR = 8;

/** How far back was asked lately, in steps: what a window has to keep. */
export class Reach {
	#narrow = 0;
	#narrowBefore = 0;
	#wide = 0;
	#wideUntil = -Infinity;

	/** Somebody asked for that many steps back from the step `last`. */
	note(steps: number, last: number): void {
		if (steps <= WIDE) {
			this.#narrow = Math.max(this.#narrow, steps);
			return;
		}
		this.#wide = Math.max(this.#wide, steps);
		this.#wideUntil = Math.max(this.#wideUntil, last + WIDE_FOR);
	}

	/** Whether a wide question was asked that nobody has asked again for a while. Says so once. */
	lapsed(last: number): boolean {
		if (this.#wide === 0 || last <= this.#wideUntil) return false;
		this.#wide = 0;
		return true;
	}

	/** Steps to keep, back from the newest. */
	keep(): number {
		return Math.max(this.#narrow, this.#narrowBefore, this.#wide);
	}

	/** Begins to forget: what is not asked again until the next time is not kept. */
	renew(): void {
		this.#narrowBefore = this.#narrow;
		this.#narrow = 0;
	}

	clear(): void {
		this.#narrow = 0;
		this.#narrowBefore = 0;
		this.#wide = 0;
		this.#wideUntil = -Infinity;
	}
}

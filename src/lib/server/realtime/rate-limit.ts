// So many at once, so many per second: a bucket of tokens that refills with time.

export interface Rate {
	burst: number;
	perSecond: number;
}

export class TokenBucket {
	#rate: Rate;
	#now: () => number;
	#tokens: number;
	#at: number;

	/** `now` is monotonic, in milliseconds. */
	constructor(rate: Rate, now: () => number) {
		this.#rate = rate;
		this.#now = now;
		this.#tokens = rate.burst;
		this.#at = now();
	}

	/** Takes a token; false where there is none. */
	take(): boolean {
		const now = this.#now();
		this.#tokens = Math.min(this.#rate.burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate.perSecond);
		this.#at = now;
		if (this.#tokens < 1) return false;
		this.#tokens -= 1;
		return true;
	}

	/** Whether it has refilled, so that it need not be remembered. */
	get full(): boolean {
		return this.#tokens + ((this.#now() - this.#at) / 1000) * this.#rate.perSecond >= this.#rate.burst;
	}
}

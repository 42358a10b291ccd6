// Brings messages to one target, one after the other, again and again with growing pauses where it does not take them. Nobody
// waits for it.

import type { Posted } from './post.ts';

export interface Letter {
	/** A later letter of the same subject takes the place of one that still waits: only the newest state counts. Null: each counts. */
	subject: string | null;
	/** How many alerts it tells of. */
	alerts: number;
	/** Made when it is sent, since it says until when it holds. */
	body: () => object;
}

export interface CourierOptions {
	send: (body: object) => Promise<Posted>;
	/** Is told of every attempt. */
	tell: (outcome: 'delivered' | 'failed' | 'dropped', alerts: number, why: string | null) => void;
	/** First pause after a failure, ms; doubled each time, up to five minutes. */
	pauseMs?: number;
	/** After this long a letter is given up, ms. */
	giveUpMs?: number;
}

const MOST_LETTERS = 500;
const LONGEST_PAUSE_MS = 5 * 60_000;

export class Courier {
	readonly #options: Required<CourierOptions>;
	readonly #letters: (Letter & { since: number })[] = [];
	#timer: NodeJS.Timeout | null = null;
	#busy = false;
	#failures = 0;
	#closed = false;

	constructor(options: CourierOptions) {
		this.#options = { pauseMs: 1_000, giveUpMs: 3_600_000, ...options };
	}

	get waiting(): number {
		return this.#letters.length;
	}

	give(letter: Letter): void {
		if (this.#closed) return;
		const same = letter.subject === null ? -1 : this.#letters.findIndex(({ subject }) => subject === letter.subject);
		// The first may be under way: what it says is out already.
		if (same > 0 || (same === 0 && !this.#busy)) this.#letters[same] = { ...letter, since: performance.now() };
		else this.#letters.push({ ...letter, since: performance.now() });
		while (this.#letters.length > MOST_LETTERS) this.#drop(this.#busy ? 1 : 0, 'too much waits for this target');
		if (this.#timer === null) void this.#work();
	}

	close(): void {
		this.#closed = true;
		if (this.#timer) clearTimeout(this.#timer);
		this.#letters.length = 0;
	}

	async #work(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		this.#timer = null;
		while (!this.#closed) {
			const [letter] = this.#letters;
			if (!letter) break;
			const posted = await this.#options.send(letter.body());
			if (this.#closed) break;
			if (posted.ok) {
				this.#failures = 0;
				this.#letters.shift();
				this.#options.tell('delivered', letter.alerts, null);
				continue;
			}
			this.#options.tell('failed', letter.alerts, posted.why);
			if (!posted.again || performance.now() - letter.since > this.#options.giveUpMs) {
				this.#drop(0, posted.why);
				continue;
			}
			const pauseMs = Math.min(this.#options.pauseMs * 2 ** this.#failures, LONGEST_PAUSE_MS);
			this.#failures += 1;
			// Not all targets at the same moment.
			this.#timer = setTimeout(() => void this.#work(), pauseMs * (0.8 + 0.4 * Math.random()));
			this.#timer.unref();
			break;
		}
		this.#busy = false;
	}

	#drop(at: number, why: string): void {
		const [letter] = this.#letters.splice(at, 1);
		if (letter) this.#options.tell('dropped', letter.alerts, why);
	}
}

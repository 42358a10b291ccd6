/** Where a replay stands: a moment of incident time, what was known by then, and the simulated system as the server has it. */
/* eslint-disable svelte/prefer-svelte-reactivity -- bookkeeping that nobody draws */
import type { ReplayMoment, Replayable } from '$lib/protocol/debrief.ts';
import { getJson } from './get-json.ts';

export const SPEEDS = [1, 5, 15, 60] as const;
const MOST_REMEMBERED = 400;

interface Options {
	incidentId: string;
	/** Incident times. */
	from: number;
	to: number;
	/** Incident time at simulated time 0; null in a real incident. */
	startsAt: number | null;
	/** When each event became known, never falling. */
	knownAt: readonly number[];
	replayable: Replayable;
}

export class Replay {
	readonly from: number;
	readonly to: number;
	at = $state(0);
	playing = $state(false);
	speed = $state<(typeof SPEEDS)[number]>(15);
	/** The simulated system at the moment shown, or the last one that came; null until one has. */
	moment = $state.raw<ReplayMoment | null>(null);
	problem = $state('');

	#options: Options;
	/** Set by stepping from event to event: of several at one moment only the first so many. */
	#count = $state<number | null>(null);
	#known = new Map<number, ReplayMoment>();
	#asking = false;
	#frame = 0;
	#last = 0;

	constructor(options: Options) {
		this.#options = options;
		this.from = options.from;
		this.to = options.to;
		this.at = options.from;
	}

	/** How many events were known. */
	count = $derived.by(() => this.#count ?? this.#countAt(this.at));

	seek(at: number): void {
		this.at = Math.min(Math.max(at, this.from), this.to);
		this.#count = null;
		void this.#ask();
	}

	/** To the next event, or the one before. */
	step(by: 1 | -1): void {
		this.pause();
		const { knownAt } = this.#options;
		const count = Math.min(Math.max(this.count + by, 1), knownAt.length);
		this.at = Math.min(Math.max(knownAt[count - 1] ?? this.from, this.from), this.to);
		this.#count = count;
		void this.#ask();
	}

	toggle(): void {
		if (this.playing) return this.pause();
		if (this.at >= this.to) this.seek(this.from);
		this.playing = true;
		this.#last = performance.now();
		this.#frame = requestAnimationFrame(this.#tick);
	}

	pause(): void {
		this.playing = false;
		cancelAnimationFrame(this.#frame);
	}

	#tick = (now: number): void => {
		const passed = (now - this.#last) * this.speed;
		this.#last = now;
		this.seek(this.at + passed);
		if (this.at >= this.to) return this.pause();
		if (this.playing) this.#frame = requestAnimationFrame(this.#tick);
	};

	#countAt(at: number): number {
		const { knownAt } = this.#options;
		let [low, high] = [0, knownAt.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((knownAt[middle] ?? 0) <= at) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** One question at a time; when its answer comes and the reader has moved on, the next is asked for where they are now. */
	async #ask(): Promise<void> {
		const { startsAt, replayable, incidentId } = this.#options;
		if (this.#asking || startsAt === null || !replayable.ok) return;
		const second = () => Math.max(0, Math.floor((this.at - startsAt) / 1000) * 1000);
		this.#asking = true;
		for (let simMs = second(); ; simMs = second()) {
			const known = this.#known.get(simMs);
			const answer = known
				? { ok: true as const, value: known }
				: await getJson<ReplayMoment>(`/api/incidents/${incidentId}/replay?at=${simMs}`);
			if (answer.ok) {
				this.moment = answer.value;
				this.problem = '';
				this.#known.set(simMs, answer.value);
				for (const oldest of this.#known.keys()) if (this.#known.size > MOST_REMEMBERED) this.#known.delete(oldest);
			} else this.problem = answer.message;
			if (!answer.ok || simMs === second()) break;
		}
		this.#asking = false;
	}
}

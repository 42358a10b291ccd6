import { nodeAtOrAfter, nodeTime, STEP_MS } from './grid.ts';
import type { Column } from './instrument.ts';
import { Reach } from './reach.ts';
import type { Target } from './target.ts';

/** Room for this many more samples whenever arrays are made anew: six minutes. */
const SLACK = 24;
/** A jump by more than this (an hour) starts the window over instead of filling what lies between. */
const APART = 240;

export interface Gap {
	from: number;
	to: number;
}

/**
 * Which steps of the scrape grid are held, for all targets of a collector alike. Grows as time goes on and is cut to what
 * was asked for lately whenever its arrays are full, so that one wide question does not cost memory for ever.
 */
export class Window {
	base = 0;
	/** Last step held; below `base` where nothing is. */
	last = -1;
	capacity = 0;
	readonly #reach = new Reach();
	#targets: readonly Target[] = [];

	constructor(
		readonly columns: readonly Column[],
		readonly phaseMs: number
	) {}

	get empty(): boolean {
		return this.last < this.base;
	}

	indexOf(node: number): number {
		return node - this.base;
	}

	/** Whether all of [first, last] is held, so that nothing need be done. Remembers how far back was asked. */
	holds(first: number, last: number): boolean {
		if (this.empty || first < this.base || last > this.last) return false;
		this.#reach.note(this.last - first + 1, this.last);
		return true;
	}

	/** Which targets share this window. */
	hold(targets: readonly Target[]): void {
		this.#targets = targets;
	}

	/** Makes room for [first, last] and returns the stretches that have yet to be computed. */
	make(first: number, last: number): Gap[] {
		if (!this.empty && (first > this.last + APART || last < this.base - APART)) this.clear(this.#targets);
		if (this.empty) {
			this.base = first;
			this.last = last;
			this.capacity = last - first + 1 + SLACK;
			this.#reach.clear();
			this.#reach.note(last - first + 1, last);
			return [{ from: first, to: last }];
		}
		const gaps: Gap[] = [];
		this.#reach.note(Math.max(this.last, last) - first + 1, Math.max(this.last, last));
		if (first < this.base) {
			gaps.push({ from: first, to: this.base - 1 });
			this.#rebase(first, Math.max(this.last, last) - first + 1 + SLACK);
		}
		if (last > this.last) {
			gaps.push({ from: this.last + 1, to: last });
			if (last - this.base >= this.capacity || this.#reach.lapsed(last)) {
				const base = Math.min(first, Math.max(this.base, last - this.#reach.keep() + 1));
				this.#rebase(base, last - base + 1 + SLACK);
				this.#reach.renew();
				this.#reach.note(last - first + 1, last);
			}
			this.last = last;
		}
		return gaps;
	}

	/** Gives a target its arrays. */
	admit(target: Target): void {
		this.#allocate(target);
		target.stale = undefined;
		target.brokenStale = null;
		for (let node = this.base; node <= this.last; node += 1)
			target.clock[node - this.base] = nodeTime(node, this.phaseMs) + target.jitterMs;
	}

	/** One sample, by column and index in the window. */
	read(target: Target, column: number, index: number): number {
		return target.block[this.#place(column, index)] ?? NaN;
	}

	write(target: Target, column: number, index: number, value: number): void {
		target.block[this.#place(column, index)] = value;
	}

	markStale(target: Target, index: number): void {
		target.stale ??= new Uint8Array(this.capacity);
		target.stale[index] = 1;
		if (target.brokenStale !== null) for (const flags of target.brokenStale) if (flags) flags[index] = 1;
	}

	/** The sample at an index is there after all. */
	markFresh(target: Target, index: number): void {
		if (target.stale !== undefined) target.stale[index] = 0;
		if (target.brokenStale !== null) for (const flags of target.brokenStale) if (flags) flags[index] = 0;
	}

	/** One column of a target has no sample at an index, though the target answered. */
	markBroken(target: Target, column: number, index: number): void {
		target.brokenStale ??= this.columns.map(() => undefined);
		let flags = target.brokenStale[column];
		if (flags === undefined) {
			flags = target.stale === undefined ? new Uint8Array(this.capacity) : target.stale.slice();
			target.brokenStale[column] = flags;
		}
		flags[index] = 1;
	}

	/** How many of a target's samples were taken at `toMs` or before; the last is the marker of its end, if it has ended. */
	visible(target: Target, toMs: number): number {
		if (target.values.length === 0) return 0;
		const node = Math.min(
			this.last,
			Math.floor((toMs - this.phaseMs - target.jitterMs) / STEP_MS),
			nodeAtOrAfter(target.endsMs(), this.phaseMs)
		);
		return Math.max(0, node - this.base + 1 - target.skip);
	}

	clear(targets: readonly Target[]): void {
		this.base = 0;
		this.last = -1;
		this.capacity = 0;
		for (const target of targets) release(target);
	}

	/** One buffer for a target's times and all of its columns. What is shown begins where the target does. */
	#allocate(target: Target): void {
		const { capacity, columns } = this;
		const whole = new Float64Array((columns.length + 1) * capacity);
		target.clock = whole.subarray(0, capacity);
		target.block = whole.subarray(capacity);
		const before = nodeAtOrAfter(target.beginsMs(), this.phaseMs) - this.base;
		target.skip = Math.min(capacity, Math.max(0, before));
		target.times = target.clock.subarray(target.skip);
		target.values = columns.map((_, c) => target.block.subarray(this.#place(c, target.skip), this.#place(c, capacity)));
	}

	#place(column: number, index: number): number {
		const sameAs = this.columns[column]?.sameAs ?? -1;
		return (sameAs < 0 ? column : sameAs) * this.capacity + index;
	}

	/** New arrays that begin at another step, holding what overlaps. */
	#rebase(base: number, capacity: number): void {
		const shift = this.base - base;
		const old = this.capacity;
		this.capacity = capacity;
		this.base = base;
		for (const target of this.#targets) {
			if (target.values.length === 0) continue;
			if (nodeAtOrAfter(target.endsMs(), this.phaseMs) < base) {
				release(target);
				continue;
			}
			const { clock, block, stale, brokenStale } = target;
			this.#allocate(target);
			shifted(clock, target.clock, shift);
			for (let c = 0; c < this.columns.length; c += 1) {
				if (this.columns[c]?.sameAs !== -1) continue;
				shifted(block.subarray(c * old, (c + 1) * old), target.block.subarray(c * capacity, (c + 1) * capacity), shift);
			}
			target.stale = stale && flagsOrNothing(shifted(stale, new Uint8Array(capacity), shift));
			target.brokenStale =
				brokenStale && brokenStale.map((flags) => flags && shifted(flags, new Uint8Array(capacity), shift));
		}
	}
}

const NONE = new Float64Array(0);

function release(target: Target): void {
	target.times = NONE;
	target.clock = NONE;
	target.block = NONE;
	target.values = [];
	target.stale = undefined;
	target.brokenStale = null;
	target.length = 0;
}

function shifted<A extends Float64Array | Uint8Array>(from: A, into: A, shift: number): A {
	const source = shift >= 0 ? from : from.subarray(-shift);
	into.set(source.subarray(0, Math.max(0, into.length - Math.max(0, shift))), Math.max(0, shift));
	return into;
}

/** Flags, if any is set. */
function flagsOrNothing(flags: Uint8Array): Uint8Array | undefined {
	return flags.includes(1) ? flags : undefined;
}

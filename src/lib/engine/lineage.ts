import type { WorldState } from '../world/index.ts';

/**
 * Which states of the world continue one another. What was computed under one holds under those that follow it, since the
 * past never changes; another branch, or a state that was loaded, begins a line of its own. Keeps no state alive.
 */
export class Lineage {
	readonly #places = new WeakMap<WorldState, Place>();

	/** Says that `next` continues `before`. */
	follows(before: WorldState, next: WorldState): void {
		const place = this.#placeOf(before);
		if (place.line.length === place.at) {
			place.line.length += 1;
			this.#places.set(next, { line: place.line, at: place.at + 1 });
		} else this.#places.set(next, { line: { length: 0 }, at: 0 });
	}

	/** Whether `world` is `before`, or follows from it. */
	continues(world: WorldState, before: WorldState): boolean {
		const [place, earlier] = [this.#placeOf(world), this.#placeOf(before)];
		return place.line === earlier.line && place.at >= earlier.at;
	}

	#placeOf(world: WorldState): Place {
		let place = this.#places.get(world);
		if (place === undefined) this.#places.set(world, (place = { line: { length: 0 }, at: 0 }));
		return place;
	}
}

interface Place {
	/** A line of states without branches; `length` is the place of the last. */
	line: { length: number };
	at: number;
}

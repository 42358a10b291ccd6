/** A map that keeps the entries used last, up to a number. */
export class Remembered<K, V> {
	readonly #most: number;
	readonly #entries = new Map<K, V>();

	constructor(most: number) {
		this.#most = most;
	}

	get(key: K): V | undefined {
		const value = this.#entries.get(key);
		if (value !== undefined) {
			this.#entries.delete(key);
			this.#entries.set(key, value);
		}
		return value;
	}

	set(key: K, value: V): void {
		this.#entries.delete(key);
		this.#entries.set(key, value);
		for (const oldest of this.#entries.keys()) {
			if (this.#entries.size <= this.#most) break;
			this.#entries.delete(oldest);
		}
	}

	/** Forgets the older half. */
	halve(): void {
		for (const oldest of [...this.#entries.keys()].slice(0, this.#entries.size / 2)) this.#entries.delete(oldest);
	}

	delete(key: K): void {
		this.#entries.delete(key);
	}
}

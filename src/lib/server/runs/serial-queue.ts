// One thing after the other: whatever changes an incident waits for what came before.

export class SerialQueue {
	#tail: Promise<unknown> = Promise.resolve();
	#length = 0;

	/** How much is under way or waiting. */
	get length(): number {
		return this.#length;
	}

	/** Runs the work when everything before it is done, whether that went well or not. */
	run<T>(work: () => Promise<T> | T): Promise<T> {
		this.#length++;
		const result = this.#tail.then(work);
		this.#tail = result.then(
			() => this.#length--,
			() => this.#length--
		);
		return result;
	}
}

/**
 * Vectors inside an evaluation: a list of metrics (the shape) and their values beside it. The same metrics come back
 * at the next step as the same list object, so that whatever depends on labels alone (groups, matches, duplicates)
 * is worked out once per shape and not once per step.
 */
import { PromqlFailure } from '../result.ts';
import type { Metric } from './metric.ts';

export type Shape = readonly Metric[];

/** Only the first `shape.length` values count. Both belong to the node that made them and last until it runs again. */
export interface Vector {
	readonly shape: Shape;
	readonly values: Float64Array;
}

export const emptyShape: Shape = [];
const noValues = new Float64Array(0);
export const emptyVector: Vector = { shape: emptyShape, values: noValues };

export class VectorBuilder implements Vector {
	shape: Shape = emptyShape;
	values: Float64Array = noValues;
	private next: Metric[] | undefined;
	private count = 0;
	private checked: Shape | undefined;

	begin(): void {
		this.next = undefined;
		this.count = 0;
	}

	push(metric: Metric, value: number): void {
		const at = this.count;
		this.count = at + 1;
		if (at >= this.values.length) this.grow();
		this.values[at] = value;
		if (this.next) this.next.push(metric);
		else if (this.shape[at] !== metric) {
			this.next = this.shape.slice(0, at);
			this.next.push(metric);
		}
	}

	/** The finished vector: the shape of before where it did not change. */
	end(): Vector {
		if (this.next) this.shape = this.next;
		else if (this.shape.length !== this.count) this.shape = this.shape.slice(0, this.count);
		return this;
	}

	/** Finishes like `end`, and refuses two samples with the same labels. */
	endUnique(start: number, end: number): Vector {
		this.end();
		if (this.checked !== this.shape) {
			if (hasDuplicates(this.shape)) throw duplicateLabels(start, end);
			this.checked = this.shape;
		}
		return this;
	}

	/** Takes over another vector's shape and leaves the values to the caller, for functions of each value alone. */
	like(shape: Shape): Float64Array {
		this.shape = shape;
		this.next = undefined;
		this.count = shape.length;
		while (this.values.length < shape.length) this.grow();
		return this.values;
	}

	private grow(): void {
		const larger = new Float64Array(Math.max(8, this.values.length * 2));
		larger.set(this.values);
		this.values = larger;
	}
}

export function hasDuplicates(shape: Shape): boolean {
	return shape.length > 1 && new Set(shape).size !== shape.length;
}

export function duplicateLabels(start: number, end: number): PromqlFailure {
	return new PromqlFailure('execution', 'vector cannot contain metrics with the same labelset', start, end);
}

/** Remembers what was worked out for the last shape seen. */
export function perShape<T>(compute: (shape: Shape) => T): (shape: Shape) => T {
	let last: Shape | undefined;
	let value: T;
	return (shape) => {
		if (shape !== last) {
			value = compute(shape);
			last = shape;
		}
		return value;
	};
}

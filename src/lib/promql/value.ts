import type { Annotation } from './annotation.ts';
import type { Labels } from './series.ts';

export interface VectorSample {
	readonly labels: Labels;
	readonly value: number;
	readonly timeMs: number;
}

export interface MatrixSeries {
	readonly labels: Labels;
	readonly times: readonly number[];
	readonly values: readonly number[];
}

/** The four kinds of answer. Vectors carry `__name__` among their labels where the expression keeps it. */
export type Value =
	| { readonly type: 'scalar'; readonly value: number; readonly timeMs: number }
	| { readonly type: 'string'; readonly value: string; readonly timeMs: number }
	| { readonly type: 'vector'; readonly samples: readonly VectorSample[] }
	| { readonly type: 'matrix'; readonly series: readonly MatrixSeries[] };

export interface Evaluation {
	readonly value: Value;
	readonly annotations: readonly Annotation[];
}

/** What the evaluator reads, and all it knows of where samples come from. */

/** Label names to values, `__name__` included. An empty value is the same as no label. */
export type Labels = Readonly<Record<string, string>>;

export type MatchOp = '=' | '!=' | '=~' | '!~';

/** One condition on one label. `value` is the text as written; regular expressions are anchored at both ends. */
export interface Matcher {
	readonly name: string;
	readonly op: MatchOp;
	readonly value: string;
	matches(value: string): boolean;
}

/**
 * One series' samples, ascending by time. Only [0, length) is valid: the arrays may be longer, they grow by appending.
 * Times are milliseconds of any origin and may be negative. A sample whose flag in `stale` is 1 is a stale marker: the
 * series ended there. No `stale` means there is none.
 */
export interface Series {
	readonly labels: Labels;
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly length: number;
	readonly stale?: Uint8Array;
	/** When the counter behind each sample began to count, where that is known; 0 where it is not. Milliseconds. */
	readonly starts?: Float64Array;
}

/**
 * Where samples come from. `select` returns every series that matches and may have samples in [fromMs, toMs]; more is
 * harmless, since the evaluator searches its windows itself. Give the same object for the same series in every call:
 * label signatures are remembered per object.
 */
export interface Queryable {
	select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Series[];
}

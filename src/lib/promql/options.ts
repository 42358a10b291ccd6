/** What a caller may set; the defaults are Prometheus' own. */
export interface EvaluationOptions {
	/** How far back an instant selector looks for a sample; 5 minutes. */
	readonly lookbackMs?: number;
	/** Samples one query may hold at once before it is refused; 50 million. */
	readonly maxSamples?: number;
	/**
	 * Samples one query may look at from beginning to end; 500 million, some seconds' work. What costs more than a look
	 * (a step of a subquery, sorting a window) counts as several. The same query over the same data always counts the same.
	 */
	readonly maxWork?: number;
	/** Characters of labels and samples (sixteen each) one answer may have; 64 million. */
	readonly maxOutput?: number;
	/** Points per series a range query may ask for; 11,000. */
	readonly maxPoints?: number;
	/** Step of a subquery that names none; 1 minute. */
	readonly defaultStepMs?: number;
	/** Keep `__name__` until the end of the query, so that `label_replace` and `by (__name__)` still see it. Off by default. */
	readonly delayedNameRemoval?: boolean;
}

export interface RangeOptions {
	readonly startMs: number;
	readonly endMs: number;
	/** Must be positive. */
	readonly stepMs: number;
}

export interface ResolvedOptions {
	readonly lookbackMs: number;
	readonly maxSamples: number;
	readonly maxWork: number;
	readonly maxOutput: number;
	readonly maxPoints: number;
	readonly defaultStepMs: number;
	readonly delayedNameRemoval: boolean;
}

export function resolveOptions(options: EvaluationOptions = {}): ResolvedOptions {
	return {
		lookbackMs: options.lookbackMs ?? 300_000,
		maxSamples: options.maxSamples ?? 50_000_000,
		maxWork: options.maxWork ?? 500_000_000,
		maxOutput: options.maxOutput ?? 64_000_000,
		maxPoints: options.maxPoints ?? 11_000,
		defaultStepMs: options.defaultStepMs ?? 60_000,
		delayedNameRemoval: options.delayedNameRemoval ?? false
	};
}

/** What is known of the metrics that rules are checked against. Without it only what stands in the rule itself is checked. */
export interface KnownMetrics {
	/** Every name that can be selected, those of `_bucket`, `_sum` and `_count` included. */
	readonly names: ReadonlySet<string>;
	/** Label names that a metric carries, where that is known. */
	labels(name: string): ReadonlySet<string> | undefined;
	type(name: string): 'counter' | 'gauge' | 'histogram' | undefined;
}

/** Something worth a second look, at [start, end) of one text of a rule. */
export interface Remark {
	/** Stable, with underscores. */
	readonly code: string;
	readonly message: string;
	/** The field of the rule: `expr`, `annotations.summary`, `labels.severity`. */
	readonly field: string;
	readonly start: number;
	readonly end: number;
}

/** A rule file as its YAML reads, before anything is checked. Field names are Prometheus' own. */
export interface RuleFile {
	readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
	readonly name: string;
	/** A Prometheus duration (`30s`) or a number of seconds; 15 s where absent. */
	readonly interval?: string | number;
	readonly limit?: number;
	readonly query_offset?: string | number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly rules: readonly RuleEntry[];
}

export interface RuleEntry {
	readonly record?: string;
	readonly alert?: string;
	readonly expr?: string | number;
	readonly for?: string | number;
	readonly keep_firing_for?: string | number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
}

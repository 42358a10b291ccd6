import type { PromqlError } from '../result.ts';
import type { Labels } from '../series.ts';

/** A number that survives JSON, which has no words for these three. */
export type JsonNumber = number | 'NaN' | '+Inf' | '-Inf';

export function toJsonNumber(value: number): JsonNumber {
	if (Number.isFinite(value)) return value;
	return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

export function fromJsonNumber(value: JsonNumber): number {
	return typeof value === 'number' ? value : value === 'NaN' ? NaN : value === '+Inf' ? Infinity : -Infinity;
}

/** One active alert. Plain JSON; all times are on the caller's clock in milliseconds. */
export interface AlertState {
	readonly state: 'pending' | 'firing';
	/** When the expression first held. */
	readonly activeAtMs: number;
	/** When `for` had passed; null while pending. */
	readonly firedAtMs: number | null;
	/** The last evaluation at which the expression held. */
	readonly lastSeenMs: number;
	/** Since when only `keep_firing_for` keeps it; null while the expression holds. */
	readonly keptSinceMs: number | null;
	readonly value: JsonNumber;
	/** Labels with templates expanded and `alertname`; without `__name__`. */
	readonly labels: Labels;
	readonly annotations: Labels;
}

/** All active alerts, by rule key and then by label signature. Immutable: an evaluation returns the next one. */
export interface RuleState {
	readonly alerts: Readonly<Record<string, Readonly<Record<string, AlertState>>>>;
}

export const emptyRuleState: RuleState = { alerts: {} };

/** `inactive` is a pending alert that was dropped before it fired. */
export type TransitionKind = 'pending' | 'firing' | 'resolved' | 'inactive';

export interface Transition {
	readonly kind: TransitionKind;
	/** The rule's key, `group/alert` with `#n` after it where a group has that alert n times. */
	readonly rule: string;
	readonly alert: string;
	readonly labels: Labels;
	readonly value: number;
	readonly annotations: Labels;
	readonly activeAtMs: number;
	readonly atMs: number;
}

export interface RecordedSample {
	readonly rule: string;
	readonly labels: Labels;
	readonly value: number;
}

export interface RuleProblem {
	readonly rule: string;
	readonly error: PromqlError;
}

export interface RuleEvaluation {
	readonly state: RuleState;
	readonly recorded: readonly RecordedSample[];
	readonly transitions: readonly Transition[];
	readonly errors: readonly RuleProblem[];
}

import type { CommandRole } from '../incident/role.ts';
import type { Severity } from '../incident/severity.ts';

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/**
 * A condition on a run, parsed from text such as `metric(core-api.errors) < 0.5% for 3m and role(incident_commander)`.
 * Values of metrics are in the metric's own unit (ratios 0..1, latencies in milliseconds); durations in milliseconds.
 */
export type Condition =
	| { type: 'metric'; target: MetricTarget; op: Comparator; value: number; forMs: number }
	/** A fault is in this state now; `fault` null means any fault that has such a state. */
	| { type: 'state'; fault: string | null; state: string }
	| { type: 'visited'; fault: string | null; state: string }
	/** A mitigation (or automated step) was carried out to the end. */
	| { type: 'action'; id: string }
	| { type: 'evidence'; id: string }
	| { type: 'elapsed'; op: Comparator; ms: number }
	/** Local wall clock of the scenario, minutes since midnight of the first day (`06:00` on the next day is 1800). */
	| { type: 'clock'; op: Comparator; minutes: number }
	| { type: 'severity'; op: Comparator; severity: Severity }
	| { type: 'role'; role: CommandRole }
	/** Number of published updates on a channel (`status_page`, `internal`) or of answered questions (`stakeholders`). */
	| { type: 'comms'; audience: string; op: Comparator; count: number }
	| { type: 'declared' }
	| { type: 'status'; status: string }
	| { type: 'alert'; name: string }
	/** Somebody has acknowledged an alert of that name, also where it has resolved since. */
	| { type: 'acknowledged'; name: string }
	/** The question of that inject was answered. */
	| { type: 'answered'; id: string }
	| { type: 'handoff_complete' }
	| { type: 'and'; all: Condition[] }
	| { type: 'or'; any: Condition[] }
	| { type: 'not'; not: Condition };

/** `service[label=value].metric`. */
export interface MetricTarget {
	service: string;
	where: Record<string, string>;
	metric: string;
}

export type ParsedCondition = { ok: true; condition: Condition } | { ok: false; message: string; offset: number };

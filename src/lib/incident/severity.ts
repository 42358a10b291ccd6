/** Severity levels, from the most to the least urgent. */
export const SEVERITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One level of the classification. Durations are milliseconds of incident time. */
export interface SeverityLevel {
	severity: Severity;
	name: string;
	description: string;
	/** Acknowledge within this time. */
	responseMs: number;
	/** Page beyond the primary after this time without mitigation; 0 means at once. */
	escalationMs: number;
	team: 'all_hands' | 'on_call_primary' | 'on_call_secondary' | 'regular_hours';
	examples: string[];
	/** Resolve target; null where none is set. */
	resolveTargetMs: number | null;
	/** Longest time without a public update; null where none is due. */
	updateEveryMs: number | null;
	/** Publish the post-mortem within this many days of the end; as shipped where absent. */
	postmortemDays?: number;
	/** Carry its actions out within this many days; as shipped where absent. */
	actionDays?: number;
}

export type SeverityPolicy = Record<Severity, SeverityLevel>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The default classification; an organisation edits its own copy. Source: "Incident Response Excellence", §1 and §5. */
export const DEFAULT_SEVERITY_POLICY: SeverityPolicy = {
	P1: {
		severity: 'P1',
		name: 'Critical',
		description: 'Complete service outage or data loss risk',
		responseMs: 5 * MINUTE,
		escalationMs: 0,
		team: 'all_hands',
		examples: ['Payment processing completely down', 'Customer data exposure risk', 'Core API returning 500s globally'],
		resolveTargetMs: 30 * MINUTE,
		updateEveryMs: 20 * MINUTE
	},
	P2: {
		severity: 'P2',
		name: 'High',
		description: 'Significant degradation affecting many users',
		responseMs: 15 * MINUTE,
		escalationMs: 30 * MINUTE,
		team: 'on_call_primary',
		examples: ['Search functionality down', '50% increase in response times', 'Regional outage'],
		resolveTargetMs: 60 * MINUTE,
		updateEveryMs: 30 * MINUTE
	},
	P3: {
		severity: 'P3',
		name: 'Medium',
		description: 'Limited impact or workaround available',
		responseMs: 2 * HOUR,
		escalationMs: 4 * HOUR,
		team: 'on_call_secondary',
		examples: ['Non-critical feature unavailable', 'Slight performance degradation', 'Single customer affected'],
		resolveTargetMs: 240 * MINUTE,
		updateEveryMs: null
	},
	P4: {
		severity: 'P4',
		name: 'Low',
		description: 'Minor issue with minimal impact',
		responseMs: 24 * HOUR,
		escalationMs: 48 * HOUR,
		team: 'regular_hours',
		examples: ['UI glitch', 'Non-critical alerts', 'Documentation issues'],
		resolveTargetMs: null,
		updateEveryMs: null
	}
};

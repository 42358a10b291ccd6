import type { AlertId, ParticipantId } from '../ids.ts';
import type { Severity } from '../severity.ts';

/** Everything an alert tells, with its annotations already rendered ("enriched context"). */
export interface AlertContext {
	summary: string;
	description: string;
	runbookUrl: string | null;
	dashboardUrl: string | null;
	recentChanges: string[];
	affectedEndpoints: string[];
	/** Steps and automated response that the rule carries, as written. */
	escalation: string | null;
	automatedResponse: string | null;
	/** The rule's expression, for "open query"; null for an alert entered by hand. */
	expr: string | null;
}

/** What names an alert at its source: the same one is never taken twice. */
export interface AlertOrigin {
	source: string;
	fingerprint: string;
	/** Incident time at which it began there. */
	startsAt: number;
}

export type AlertEvent =
	/** A rule fires, or a person enters an alert of a real incident. A page is a separate event. */
	| {
			type: 'alert.fired';
			payload: {
				alertId: AlertId;
				name: string;
				labels: Record<string, string>;
				/** As the rule says it: critical, warning, info. */
				level: string;
				value: number | null;
				/** Incident time at which the expression first held; null where unknown. */
				activeAt: number | null;
				context: AlertContext;
				/** It wakes nobody: its labels or the way alerts are routed say so. */
				quiet?: true;
				/** Where it came from, of an alert that a source sent; absent for one of a rule or of a person. */
				from?: AlertOrigin;
			};
	  }
	| { type: 'alert.updated'; payload: { alertId: AlertId; value: number | null; context: AlertContext } }
	| { type: 'alert.acknowledged'; payload: { alertId: AlertId } }
	| { type: 'alert.resolved'; payload: { alertId: AlertId } }
	| { type: 'alert.silenced'; payload: { alertId: AlertId; untilAt: number; reason: string } }
	/** A page reached somebody's pager. `to` names the on-call seat; `participants` those here who hold it. */
	| {
			type: 'page.delivered';
			payload: {
				alertId: AlertId | null;
				to: 'primary' | 'secondary' | 'everyone';
				participants: ParticipantId[];
				reason: string;
			};
	  }
	| { type: 'escalated'; payload: { to: 'secondary' | 'everyone' | 'specialist'; whom: string; reason: string } }
	| { type: 'incident.declared'; payload: { severity: Severity; title: string; summary: string } }
	| { type: 'severity.changed'; payload: { from: Severity; to: Severity; reason: string } };

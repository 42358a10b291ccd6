/** The response clock of the severity: first until somebody acknowledges, then until the target for resolving. Pure. */
import type { Severity, SeverityPolicy } from '$lib/incident/severity.ts';
import type { AlertStateView, IncidentState } from '$lib/incident/state.ts';

export interface ResponseClock {
	at: number;
	what: string;
}

/** What a rule's level asks for before anybody has judged: critical as P1, warning as P2, anything else as P3. */
export function severityOfLevel(level: string): Severity {
	if (level === 'critical' || level === 'page') return 'P1';
	return level === 'warning' || level === 'high' ? 'P2' : 'P3';
}

export function isFiring(alert: AlertStateView): boolean {
	return alert.resolvedAt === null;
}

/** Firing, not acknowledged, not silenced: it asks for somebody. */
export function isShouting(alert: AlertStateView, now: number): boolean {
	return (
		isFiring(alert) &&
		!alert.quiet &&
		!alert.acknowledged &&
		(alert.silencedUntil === null || alert.silencedUntil <= now)
	);
}

export function responseClock(state: IncidentState, policy: SeverityPolicy | null, now: number): ResponseClock | null {
	if (!policy || state.lifecycle === 'ended' || state.stoodDown) return null;
	const waiting = state.alerts.filter((alert) => isShouting(alert, now));
	const acknowledged = state.alerts.some((alert) => alert.acknowledged);
	if (waiting.length > 0 && !acknowledged) {
		const dues = waiting.map((alert) => {
			const severity = state.severity ?? severityOfLevel(alert.level);
			return (alert.pagedAt ?? alert.firedAt) + policy[severity].responseMs;
		});
		return { at: Math.min(...dues), what: 'to acknowledge' };
	}
	if (!state.declared || !state.severity || state.status === 'resolved' || state.status === 'closed') return null;
	const target = policy[state.severity].resolveTargetMs;
	return target === null ? null : { at: state.declared.at + target, what: `${state.severity} resolve target` };
}

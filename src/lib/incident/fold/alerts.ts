import type { AlertEvent } from '../events/alert-events.ts';
import type { AlertStateView, IncidentState } from '../state.ts';
import { change, counted, type Handlers } from './handlers.ts';

export const foldAlerts: Handlers<AlertEvent> = {
	'alert.fired': (state, { alertId, name, labels, level, value, activeAt, context, quiet }, { occurredAt }) => ({
		...counted(state, 'alert', alertId),
		alerts: [
			...state.alerts,
			{
				alertId,
				name,
				labels,
				level,
				value,
				activeAt,
				firedAt: occurredAt,
				acknowledged: null,
				resolvedAt: null,
				silencedUntil: null,
				pagedAt: null,
				pagedTo: [],
				context,
				...(quiet && { quiet })
			}
		]
	}),
	'alert.updated': (state, { alertId, value, context }) => withAlert(state, alertId, () => ({ value, context })),
	'alert.acknowledged': (state, { alertId }, { occurredAt, actor }) =>
		withAlert(state, alertId, (alert) => ({ acknowledged: alert.acknowledged ?? { at: occurredAt, by: actor } })),
	'alert.resolved': (state, { alertId }, { occurredAt }) =>
		withAlert(state, alertId, () => ({ resolvedAt: occurredAt })),
	'alert.silenced': (state, { alertId, untilAt }) => withAlert(state, alertId, () => ({ silencedUntil: untilAt })),
	'page.delivered': (state, { alertId, to }, { occurredAt }) =>
		withAlert(state, alertId, (alert) => ({
			pagedAt: alert.pagedAt ?? occurredAt,
			pagedTo: alert.pagedTo.includes(to) ? alert.pagedTo : [...alert.pagedTo, to]
		})),
	escalated: (state, { to, whom, reason }, { occurredAt }) => ({
		...state,
		escalations: [...(state.escalations ?? []), { at: occurredAt, to, whom, reason }]
	}),
	'incident.declared': (state, { severity, title, summary }, { occurredAt, actor }) => ({
		...state,
		declared: { at: occurredAt, severity, title, summary, by: actor },
		severity,
		statusSince: state.statusSince ?? occurredAt
	}),
	'severity.changed': (state, { to }) => ({ ...state, severity: to })
};

function withAlert(
	state: IncidentState,
	alertId: string | null,
	by: (alert: AlertStateView) => Partial<AlertStateView>
): IncidentState {
	return {
		...state,
		alerts: change(
			state.alerts,
			(alert) => alert.alertId === alertId,
			(alert) => ({ ...alert, ...by(alert) })
		)
	};
}

import { refuse, type Refusal } from '../refusal.ts';
import type { AlertStateView, IncidentState } from '../state.ts';
import { happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

const LONGEST_SILENCE_MINUTES = 24 * 60;

export const decideAlerts: Deciders<'acknowledgeAlert' | 'silenceAlert'> = {
	acknowledgeAlert: (state, { alertId }, context) => {
		const alert = findAlert(state, alertId);
		if ('ok' in alert) return alert;
		if (alert.acknowledged) return refuse('wrong_state', `${alert.name} has been acknowledged already.`);
		if (alert.resolvedAt !== null) return refuse('wrong_state', `${alert.name} has resolved: nothing to acknowledge.`);
		return happened(context, { type: 'alert.acknowledged', payload: { alertId } });
	},

	silenceAlert: (state, { alertId, minutes, reason }, context) => {
		const alert = findAlert(state, alertId);
		if ('ok' in alert) return alert;
		if (!(minutes > 0 && minutes <= LONGEST_SILENCE_MINUTES)) {
			return refuse('incomplete', `Silence an alert for 1 to ${LONGEST_SILENCE_MINUTES} minutes.`);
		}
		const refusal = requireText(reason, 'why this alert may be silent');
		if (refusal) return refusal;
		if (alert.resolvedAt !== null) return refuse('wrong_state', `${alert.name} has resolved: nothing to silence.`);
		return happened(context, {
			type: 'alert.silenced',
			payload: { alertId, untilAt: context.at + minutes * 60_000, reason }
		});
	}
};

export function findAlert(state: IncidentState, alertId: string): AlertStateView | Refusal {
	return (
		state.alerts.find((one) => one.alertId === alertId) ??
		refuse('unknown_id', 'There is no such alert in this incident: choose one from the pager.')
	);
}

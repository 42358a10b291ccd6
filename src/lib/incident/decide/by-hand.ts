/** What people enter by hand in a real incident: where a run has its simulation, this has their word. */
import type { AlertContext } from '../events/alert-events.ts';
import { nextId } from '../next-id.ts';
import { refuse } from '../refusal.ts';
import type { IncidentState } from '../state.ts';
import { findAlert } from './alerts.ts';
import { accept, draft, happened, type DecideContext, type Deciders, type Decision } from './context.ts';
import { requireText } from './limits.ts';

type ByHand = 'recordAlert' | 'recordAlertResolved' | 'recordImpact' | 'recordChange' | 'recordMitigation';

export const decideByHand: Deciders<ByHand> = {
	recordAlert: (state, { name, level, service, summary, at }, context) => {
		const alertId = nextId(state, 'alert');
		const labels: Record<string, string> = service.trim() === '' ? {} : { service };
		return (
			requireText(name, 'which alert it is') ??
			happened(
				context,
				{
					type: 'alert.fired',
					payload: { alertId, name, labels, level, value: null, activeAt: null, context: plainContext(summary) }
				},
				{ occurredAt: at }
			)
		);
	},

	recordAlertResolved: (state, { alertId }, context) => {
		const alert = findAlert(state, alertId);
		if ('ok' in alert) return alert;
		if (alert.resolvedAt !== null) return refuse('wrong_state', `${alert.name} has resolved already.`);
		return happened(context, { type: 'alert.resolved', payload: { alertId } });
	},

	recordImpact: (state, { change, share, at }, context) => {
		if (!(share >= 0 && share <= 1))
			return refuse('incomplete', 'State the share of users between 0 and 100 per cent.');
		return recordImpact(state, change, share, at, context);
	},

	recordChange: (state, { service, kind, title, at }, context) => {
		const changeId = nextId(state, 'change');
		const by = context.by.participantId;
		return (
			requireText(title, 'what was changed') ??
			happened(
				context,
				{ type: 'change.deployed', payload: { changeId, service, kind, title, detail: '', version: null, by } },
				{ occurredAt: at }
			)
		);
	},

	recordMitigation: (state, { name, at, worked }, context) => {
		const refusal = requireText(name, 'what was done');
		if (refusal) return refusal;
		const attemptId = nextId(state, 'attempt');
		const what = { attemptId, mitigationId: attemptId, name };
		const when = { occurredAt: at };
		const message = { yes: 'It helped.', no: 'It did not help.', unknown: '' }[worked];
		const done = [
			draft(
				context,
				{ type: 'mitigation.started', payload: { ...what, command: '', readyAt: at, runbookId: null, stepId: null } },
				when
			),
			draft(context, { type: 'mitigation.finished', payload: { ...what, ran: true, message } }, when)
		];
		if (worked === 'unknown') return accept(...done);
		const verdict = worked === 'yes' ? 'effective' : 'ineffective';
		const judged = { attemptId, mitigationId: attemptId, verdict, fromState: '', toState: '' };
		return accept(...done, draft(context, { type: 'mitigation.judged', payload: judged }, when));
	}
};

/** Each entry goes on from the last one, so that the affected minutes are the exact integral of what was entered. */
function recordImpact(
	state: IncidentState,
	change: 'started' | 'changed' | 'ended',
	share: number,
	at: number,
	context: DecideContext
): Decision {
	const { impact } = state;
	const open = impact !== undefined && impact.share > 0;
	if (change === 'started' && open) return refuse('wrong_state', 'Impact is recorded already: change or end it.');
	if (change !== 'started' && !open) return refuse('wrong_state', 'Record first when the impact began.');
	if (change !== 'ended' && share === 0) {
		return refuse('incomplete', 'Nobody affected means that the impact has ended: record its end.');
	}
	if (impact && at < impact.since) {
		return refuse('incomplete', 'Impact was recorded later than that already: enter a time after the last entry.');
	}
	const affectedMinutes = impact ? impact.affectedMinutes + (impact.share * (at - impact.since)) / 60_000 : 0;
	const when = { occurredAt: at };
	switch (change) {
		case 'started':
			return happened(context, { type: 'impact.started', payload: { share } }, when);
		case 'changed':
			return happened(context, { type: 'impact.changed', payload: { share, affectedMinutes } }, when);
		case 'ended':
			return happened(context, { type: 'impact.ended', payload: { affectedMinutes } }, when);
	}
}

function plainContext(summary: string): AlertContext {
	return {
		summary,
		description: '',
		runbookUrl: null,
		dashboardUrl: null,
		recentChanges: [],
		affectedEndpoints: [],
		escalation: null,
		automatedResponse: null,
		expr: null
	};
}

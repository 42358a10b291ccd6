import type { EventDraft } from '../incident/event.ts';
import { nextId } from '../incident/next-id.ts';
import { ROLE_NAMES } from '../incident/role.ts';
import { STATUS_NAMES } from '../incident/status.ts';
import { BOT, type Run } from './run.ts';

/** Where the bot keeps the scribe's seat, it writes a line for every key event told since `from`. */
export function keepTimeline(run: Run, from: number): void {
	if (!run.state.incident.roles.scribe.bot) return;
	for (const event of run.events.slice(from)) {
		const text = lineFor(event, run);
		// Only what everybody saw is written down for everybody.
		if (text === null || event.audience.kind !== 'everyone') continue;
		const noteId = nextId(run.state.incident, 'note');
		run.tell({ type: 'note.added', payload: { noteId, text, said: null } }, { actor: BOT, causedBy: event.causedBy });
	}
}

/** A line of the timeline, or null for what is no key event. Names of people live outside the log and do not occur. */
function lineFor(event: EventDraft, run: Run): string | null {
	const alertName = (alertId: string | null) =>
		run.state.incident.alerts.find((alert) => alert.alertId === alertId)?.name ?? 'an alert';
	switch (event.type) {
		case 'alert.fired':
			return `${event.payload.name} fires: ${event.payload.context.summary}`;
		case 'alert.acknowledged':
			return `${alertName(event.payload.alertId)} is acknowledged`;
		case 'alert.resolved':
			return `${alertName(event.payload.alertId)} has resolved`;
		case 'escalated':
			return `Escalated to ${event.payload.whom || event.payload.to}: ${event.payload.reason}`;
		case 'incident.declared':
			return `Declared ${event.payload.severity}: ${event.payload.title}`;
		case 'severity.changed':
			return `Severity ${event.payload.from} becomes ${event.payload.to}: ${event.payload.reason}`;
		case 'status.changed':
			return `${STATUS_NAMES[event.payload.to]}${event.payload.note ? `: ${event.payload.note}` : ''}`;
		case 'role.handed_off':
			return `${ROLE_NAMES[event.payload.role]} is handed over`;
		case 'mitigation.started':
			return `Started: ${event.payload.name}`;
		case 'mitigation.finished':
			return event.payload.ran ? `Done: ${event.payload.name}` : `Did not run: ${event.payload.name}`;
		case 'hypothesis.proposed':
			return `Hypothesis: ${event.payload.text}`;
		case 'hypothesis.confirmed':
		case 'hypothesis.ruled_out': {
			const { hypothesisId } = event.payload;
			const hypothesis = run.state.incident.hypotheses.find((each) => each.hypothesisId === hypothesisId);
			const verdict = event.type === 'hypothesis.confirmed' ? 'Confirmed' : 'Ruled out';
			return hypothesis === undefined ? null : `${verdict}: ${hypothesis.text}`;
		}
		case 'status_update.published':
			return `Update published (${event.payload.channel === 'status_page' ? 'status page' : 'internal'}): ${event.payload.impact}`;
		case 'decision.recorded':
			return `Decision: ${event.payload.text}`;
		case 'runbook.opened':
			return `Runbook opened: ${event.payload.name}`;
		case 'incident.stood_down':
			return `Stood down: ${event.payload.reason}`;
		case 'incident.reopened':
			return `Reopened: ${event.payload.reason}`;
		default:
			return null;
	}
}

/** An event in words: a bold part that says what, and the rest. Null for what says nothing to people. Pure. */
import type { ViewEvent } from '$lib/incident/event.ts';
import { ROLE_NAMES } from '$lib/incident/role.ts';
import { STATUS_NAMES } from '$lib/incident/status.ts';
import type { IncidentState } from '$lib/incident/state.ts';

export interface Words {
	what: string;
	rest: string;
	/** Whether "by whom" adds anything. */
	by: boolean;
}

type Name = (participantId: string | null) => string;
const by = (what: string, rest = ''): Words => ({ what, rest, by: true });
const plain = (what: string, rest = ''): Words => ({ what, rest, by: false });

export function wordsOf(
	event: ViewEvent,
	name: Name,
	state: Pick<IncidentState, 'alerts' | 'runbooks' | 'tasks' | 'hypotheses' | 'questions'>
): Words | null {
	const alertName = (id: string | null) => state.alerts.find((one) => one.alertId === id)?.name ?? 'an alert';
	const hypothesis = (id: string) => state.hypotheses.find((one) => one.hypothesisId === id)?.text ?? '';
	const question = (id: string) => state.questions.find((one) => one.questionId === id)?.from ?? 'a stakeholder';
	switch (event.type) {
		case 'alert.fired': {
			const { name: alert, labels, context } = event.payload;
			return plain(`${alert} fired`, [labels.service, context.summary].filter(Boolean).join(': '));
		}
		case 'alert.acknowledged':
			return by(`Acknowledged ${alertName(event.payload.alertId)}`);
		case 'alert.resolved':
			return plain(
				`${alertName(event.payload.alertId)} resolved`,
				state.alerts.find((one) => one.alertId === event.payload.alertId)?.labels.service ?? ''
			);
		case 'alert.silenced':
			return by(`Silenced ${alertName(event.payload.alertId)}`, event.payload.reason);
		case 'page.delivered':
			return plain(
				`Paged ${event.payload.to}`,
				event.payload.alertId ? alertName(event.payload.alertId) : event.payload.reason
			);
		case 'escalated':
			return by(`Escalated to ${event.payload.whom || event.payload.to}`, event.payload.reason);
		case 'incident.declared':
			return by(`Declared ${event.payload.severity}`, event.payload.title);
		case 'severity.changed':
			return by(`${event.payload.from} became ${event.payload.to}`, event.payload.reason);
		case 'status.changed':
			return by(
				`Status: ${STATUS_NAMES[event.payload.to].toLowerCase()}`,
				event.payload.verification ?? event.payload.note
			);
		case 'incident.reopened':
			return by('Reopened', event.payload.reason);
		case 'incident.stood_down':
			return by('Stood down', event.payload.reason);
		case 'participant.joined':
			return plain(
				`${name(event.payload.participantId)} joined`,
				event.payload.as === 'responder' ? '' : `as ${event.payload.as}`
			);
		case 'participant.left':
			return plain(`${name(event.payload.participantId)} left`);
		case 'role.assigned': {
			const { role, participantId, bot } = event.payload;
			if (bot) return plain(`${ROLE_NAMES[role]}: the timeline bot`);
			return participantId
				? plain(`${ROLE_NAMES[role]}: ${name(participantId)}`)
				: plain(`${ROLE_NAMES[role]} is open`);
		}
		case 'role.proposed':
			return plain(`${ROLE_NAMES[event.payload.role]}: ${event.payload.onCall} proposed`, event.payload.why);
		case 'role.handed_off':
			return plain(`${ROLE_NAMES[event.payload.role]} handed to ${name(event.payload.to)}`, event.payload.briefing);
		case 'handoff.item_acknowledged':
			return by('Took over an item of the handover');
		case 'brief.updated':
			return by('Brief updated', event.payload.brief.known);
		case 'status_update.published':
			return by(event.payload.channel === 'internal' ? 'Internal update' : 'Public update', event.payload.impact);
		case 'stakeholder.asked':
			return plain(`${event.payload.from} ${event.payload.needsAnswer ? 'asked' : 'wrote'}`, event.payload.text);
		case 'stakeholder.handed':
			return by(`${question(event.payload.questionId)}: handed to ${ROLE_NAMES[event.payload.to].toLowerCase()}`);
		case 'stakeholder.answered':
			return by(`Answered ${question(event.payload.questionId)}`, event.payload.text);
		case 'task.assigned': {
			const { ownerId, text } = event.payload;
			return by(`Task for ${ownerId ? name(ownerId) : 'somebody'}`, text);
		}
		case 'task.done':
			return by(
				'Task done',
				state.tasks.find((one) => one.taskId === event.payload.taskId)?.text ?? event.payload.result
			);
		case 'hypothesis.proposed':
			return by(`Hypothesis, ${Math.round(event.payload.confidence * 100)} % sure`, event.payload.text);
		case 'hypothesis.revised':
			return by(`Now ${Math.round(event.payload.confidence * 100)} % sure`, hypothesis(event.payload.hypothesisId));
		case 'hypothesis.evidence_linked':
			return by(event.payload.supports ? 'Evidence for' : 'Evidence against', hypothesis(event.payload.hypothesisId));
		case 'hypothesis.ruled_out':
			return by('Ruled out', `${hypothesis(event.payload.hypothesisId)} (${event.payload.reason})`);
		case 'hypothesis.confirmed':
			return by('Confirmed', `${hypothesis(event.payload.hypothesisId)} (${event.payload.reason})`);
		case 'note.added':
			return by('Note', event.payload.text);
		case 'decision.recorded':
			return by('Decision', event.payload.text);
		case 'attachment.added':
			return by('Added', event.payload.name);
		case 'diagnostic.started':
			return by('Ran', event.payload.command);
		case 'evidence.revealed':
			return plain('Output of', event.payload.command);
		case 'evidence.pinned':
			return by('Pinned', event.payload.title);
		case 'change.deployed':
			return plain(event.payload.title, `${event.payload.service}, ${event.payload.kind}`);
		case 'runbook.opened':
			return by('Opened runbook', event.payload.name);
		case 'runbook.step_completed':
			return by(
				event.payload.automated ? 'Step run' : 'Step done',
				[event.payload.title, event.payload.result].filter(Boolean).join(': ')
			);
		case 'runbook.step_skipped':
			return by('Step skipped', `${event.payload.title}: ${event.payload.reason}`);
		case 'runbook.step_unclear':
			return by('Step unclear', [event.payload.title, event.payload.note].filter(Boolean).join(': '));
		case 'runbook.finished':
			return by(event.payload.causeFound ? 'Runbook finished: cause found' : 'Runbook finished', event.payload.note);
		case 'mitigation.started':
			return by(event.payload.name, 'started');
		case 'mitigation.finished':
			return plain(
				event.payload.name,
				event.payload.ran ? `carried out. ${event.payload.message}` : `did not run. ${event.payload.message}`
			);
		case 'run.began':
			return plain('The run began');
		case 'inject.delivered':
			return plain(`${event.payload.from}`, event.payload.text);
		case 'hint.requested':
			return by('Asked for a hint');
		case 'hint.given':
			return plain('Hint', event.payload.text);
		case 'observation.recorded':
			return by('Private note', event.payload.text);
		case 'clock.paused':
			return plain('Paused', event.payload.reason);
		case 'clock.resumed':
			return plain('The clock runs again');
		case 'clock.speed_changed':
			return plain(`The clock runs at ${event.payload.speed}×`);
		case 'exercise.frozen':
			return plain('The exercise is frozen', 'something real has happened');
		case 'run.ended':
			return plain('The run ended', event.payload.outcome);
		case 'impact.started':
			return plain('Impact began', event.payload.assumed ? '' : `${Math.round(event.payload.share * 100)} % of users`);
		case 'impact.changed':
			return plain('Impact', `${Math.round(event.payload.share * 100)} % of users`);
		case 'impact.ended':
			return plain('Impact ended');
		case 'incident.opened':
			return plain(`Opened by ${event.payload.source}`, event.payload.title);
		case 'incident.imported':
			return plain(`Imported from ${event.payload.source}`, event.payload.sourceId);
		case 'incident.detected':
			return plain('Noticed', event.payload.by === null ? '' : `by ${event.payload.by}`);
		case 'incident.acknowledged':
			return by('Taken on');
		default:
			return null;
	}
}

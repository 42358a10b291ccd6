// Action items as files, of one incident or of all that a reader may know.

import ical, { ICalAlarmType, ICalEventStatus } from 'ical-generator';
import { actionsChecklist, actionsCsv, actionsJson, type TrackedAction } from '../../postmortem/action-files.ts';
import type { PostmortemDocument } from '../../postmortem/document.ts';
import { foldActions } from '../../postmortem/tracked-actions.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

export const ACTION_FORMATS = ['csv', 'json', 'md', 'ics'] as const;
export type ActionFormat = (typeof ACTION_FORMATS)[number];

export const ACTION_TYPES: Record<ActionFormat, string> = {
	csv: 'text/csv; charset=utf-8',
	json: 'application/json; charset=utf-8',
	md: 'text/markdown; charset=utf-8',
	ics: 'text/calendar; charset=utf-8'
};

/** `today` as `2024-02-15`: what is due before it and not done is overdue. */
export function writeActions(format: ActionFormat, actions: readonly TrackedAction[], today: string): string {
	switch (format) {
		case 'csv':
			return actionsCsv(actions, today);
		case 'json':
			return actionsJson(actions, today);
		case 'md':
			return actionsChecklist(actions, today);
		case 'ics':
			return actionsCalendar(actions);
	}
}

const DAY_SECONDS = 24 * 3600;

/** A whole day per action that has a date, with a reminder the day before while it is open. Ids are stable: imported again, it moves. */
export function actionsCalendar(actions: readonly TrackedAction[]): string {
	const calendar = ical({ name: 'Muster: action items', prodId: { company: 'Muster', product: 'Action items' } });
	for (const action of actions) {
		const at = Date.parse(`${action.dueDate}T00:00:00Z`);
		if (Number.isNaN(at)) continue;
		const done = action.status === 'complete';
		const event = calendar.createEvent({
			id: `${action.incidentId}-${action.actionItemId}@muster`,
			start: new Date(at),
			end: new Date(at + DAY_SECONDS * 1000),
			stamp: new Date(at),
			allDay: true,
			timezone: 'UTC',
			summary: `${done ? 'Done' : 'Due'}: ${action.title}`,
			description: [
				`${action.incidentKey} ${action.incidentTitle}${action.origin === 'practice' ? ' (exercise)' : ''}`,
				`Owner: ${action.owner || 'none yet'}`,
				`Priority: ${action.priority}`,
				`Status: ${action.status.replace('_', ' ')}`,
				action.successCriterion === '' ? '' : `Done when: ${action.successCriterion}`
			]
				.filter((line) => line !== '')
				.join('\n'),
			status: done ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE
		});
		if (!done) event.createAlarm({ type: ICalAlarmType.display, trigger: DAY_SECONDS });
	}
	return calendar.toString();
}

/** The actions that a document holds, tracked or still proposed. */
export function actionsOf(
	{ stored, title, events, incidentId }: Pick<LiveIncident, 'stored' | 'title' | 'events' | 'incidentId'>,
	document: PostmortemDocument
): TrackedAction[] {
	const logged = new Map(foldActions(events).map((action) => [action.actionItemId, action]));
	return document.actionItems.map(({ id, causeId: _cause, proofNote: _note, ...item }) => ({
		...item,
		actionItemId: id,
		incidentId,
		incidentKey: stored.key,
		incidentTitle: document.title.trim() === '' ? title : document.title,
		origin: stored.origin,
		completedAt: logged.get(id)?.completedAt ?? null
	}));
}

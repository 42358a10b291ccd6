/** Actions as the log tracks them: what a document says that it does not, and what its events amount to. */
import type { EventBody, IncidentEvent } from '../incident/event.ts';
import type { ActionItem } from './document.ts';

export interface LoggedAction extends Omit<ActionItem, 'id' | 'causeId' | 'proofNote'> {
	actionItemId: string;
	withdrawn: boolean;
	/** Wall time at which it was recorded. */
	addedAt: number;
	/** Wall time at which it became complete; null while it is not. */
	completedAt: number | null;
}

type ActionEvent = Extract<IncidentEvent, { type: 'action_item.added' | 'action_item.changed' }>;

/** The actions of one incident, in the order in which they were added. */
export function foldActions(events: readonly IncidentEvent[]): LoggedAction[] {
	const actions = new Map<string, LoggedAction>();
	for (const event of events) {
		if (event.type === 'action_item.added') actions.set(event.payload.actionItemId, added(event));
		else if (event.type === 'action_item.changed') {
			const known = actions.get(event.payload.actionItemId);
			if (known) actions.set(known.actionItemId, changed(known, event));
		}
	}
	return [...actions.values()];
}

function added({ payload, recordedAt }: Extract<ActionEvent, { type: 'action_item.added' }>): LoggedAction {
	return {
		actionItemId: payload.actionItemId,
		title: payload.title,
		owner: payload.owner,
		dueDate: payload.dueDate ?? dateOf(payload.dueAt),
		kind: payload.kind ?? 'other',
		priority: payload.priority ?? 'medium',
		successCriterion: payload.successCriterion ?? '',
		proofIncidentId: payload.proofIncidentId ?? null,
		status: 'not_started',
		withdrawn: false,
		addedAt: recordedAt,
		completedAt: null
	};
}

function changed(
	known: LoggedAction,
	{ payload, recordedAt }: Extract<ActionEvent, { type: 'action_item.changed' }>
): LoggedAction {
	const { status, title, owner, dueDate, dueAt, kind, priority, successCriterion, proofIncidentId, withdrawn } =
		payload;
	return {
		...known,
		status,
		title: title ?? known.title,
		owner: owner ?? known.owner,
		dueDate: dueDate ?? (dueAt === undefined ? known.dueDate : dateOf(dueAt)),
		kind: kind ?? known.kind,
		priority: priority ?? known.priority,
		successCriterion: successCriterion ?? known.successCriterion,
		proofIncidentId: proofIncidentId === undefined ? known.proofIncidentId : proofIncidentId,
		withdrawn: withdrawn ?? known.withdrawn,
		completedAt: status !== 'complete' ? null : known.status === 'complete' ? known.completedAt : recordedAt
	};
}

function dateOf(at: number | null): string {
	return at === null ? '' : new Date(at).toISOString().slice(0, 10);
}

/** The end of a day in UTC, epoch ms: what is done on the day it is due is done in time. Null for what is no date. */
export function dueAtOf(dueDate: string): number | null {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(dueDate) ? Date.parse(`${dueDate}T23:59:59.999Z`) : Number.NaN;
	return Number.isNaN(at) ? null : at;
}

/**
 * Events that bring the log to what the document says. A proposal of Muster's that nobody has touched is no promise: it is
 * tracked once the post-mortem is published, or somebody has changed it (`drafted` are the items as they were drafted).
 */
export function actionChanges(
	items: readonly ActionItem[],
	logged: readonly LoggedAction[],
	{ published, drafted }: { published: boolean; drafted: readonly ActionItem[] }
): EventBody[] {
	const known = new Map(logged.map((action) => [action.actionItemId, action]));
	const untouched = new Set(
		items
			.filter((item) => drafted.some((draft) => draft.id === item.id && JSON.stringify(draft) === JSON.stringify(item)))
			.map(({ id }) => id)
	);
	const living = items.filter(({ title }) => title.trim() !== '');
	return [
		...living.flatMap((item): EventBody[] => {
			const action = known.get(item.id);
			if (!action) return published || !untouched.has(item.id) ? addition(item) : [];
			return difference(item, action);
		}),
		...logged
			.filter(({ actionItemId, withdrawn }) => !withdrawn && !items.some(({ id }) => id === actionItemId))
			.map(({ actionItemId, status }): EventBody => ({
				type: 'action_item.changed',
				payload: { actionItemId, status, withdrawn: true }
			}))
	];
}

function addition(item: ActionItem): EventBody[] {
	const { id: actionItemId, title, owner, dueDate, kind, priority, successCriterion, proofIncidentId, status } = item;
	const added: EventBody = {
		type: 'action_item.added',
		payload: {
			actionItemId,
			title: one(title),
			owner: one(owner),
			dueAt: dueAtOf(dueDate),
			dueDate,
			kind,
			priority,
			successCriterion: one(successCriterion),
			proofIncidentId
		}
	};
	return status === 'not_started'
		? [added]
		: [added, { type: 'action_item.changed', payload: { actionItemId, status } }];
}

function difference(item: ActionItem, action: LoggedAction): EventBody[] {
	const next = {
		...item,
		title: one(item.title),
		owner: one(item.owner),
		successCriterion: one(item.successCriterion)
	};
	const fields = (
		['title', 'owner', 'dueDate', 'kind', 'priority', 'successCriterion', 'proofIncidentId'] as const
	).filter((field) => next[field] !== action[field]);
	if (fields.length === 0 && next.status === action.status && !action.withdrawn) return [];
	const details = Object.fromEntries(fields.map((field) => [field, next[field]]));
	return [
		{
			type: 'action_item.changed',
			payload: {
				actionItemId: item.id,
				status: next.status,
				...details,
				...(fields.includes('dueDate') && { dueAt: dueAtOf(next.dueDate) }),
				...(action.withdrawn && { withdrawn: false })
			}
		}
	];
}

function one(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

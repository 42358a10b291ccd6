/** Action items as files: a table, a list for machines, and a checklist. The calendar is made on the server (ical-generator). */
import type { ActionItem } from './document.ts';

/** An action with the incident that it came from. */
export interface TrackedAction extends Pick<
	ActionItem,
	'title' | 'kind' | 'owner' | 'dueDate' | 'priority' | 'successCriterion' | 'status'
> {
	/** Id within its incident. */
	actionItemId: string;
	incidentId: string;
	incidentKey: string;
	incidentTitle: string;
	origin: 'practice' | 'real';
	proofIncidentId: string | null;
	/** Wall time at which it became complete; null while it is not. */
	completedAt: number | null;
}

/** Whether an action is late on a day (`2024-02-15`). The day it is due it is not. */
export function isOverdue({ status, dueDate }: Pick<ActionItem, 'status' | 'dueDate'>, today: string): boolean {
	return status !== 'complete' && dueDate !== '' && dueDate < today;
}

/** Whole days from one date to another; negative where the other lies before. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const COLUMNS = [
	'incident',
	'incident_title',
	'origin',
	'action',
	'kind',
	'owner',
	'due_date',
	'status',
	'priority',
	'success_criterion',
	'overdue',
	'proved_by'
] as const;

/** CSV with a header, RFC 4180. A cell that a spreadsheet would calculate is led by an apostrophe. */
export function actionsCsv(actions: readonly TrackedAction[], today: string): string {
	const rows = actions.map((action) => [
		action.incidentKey,
		action.incidentTitle,
		action.origin,
		action.title,
		action.kind,
		action.owner,
		action.dueDate,
		action.status,
		action.priority,
		action.successCriterion,
		isOverdue(action, today) ? 'yes' : 'no',
		action.proofIncidentId ?? ''
	]);
	return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** `@team` is how owners are written here, and no formula in any spreadsheet but one: it is led too. */
function cell(value: string): string {
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function actionsJson(actions: readonly TrackedAction[], today: string): string {
	const list = actions.map((action) => ({ ...action, overdue: isOverdue(action, today) }));
	return `${JSON.stringify({ asOf: today, actions: list }, null, '\t')}\n`;
}

/** A checklist that any Markdown knows, by incident. */
export function actionsChecklist(actions: readonly TrackedAction[], today: string): string {
	const incidents = [...new Set(actions.map(({ incidentId }) => incidentId))];
	const parts = incidents.map((id) => {
		const own = actions.filter(({ incidentId }) => incidentId === id);
		const [first] = own;
		const head = `## ${line(`${first?.incidentKey ?? ''} ${first?.incidentTitle ?? ''}`)}${first?.origin === 'practice' ? ' (exercise)' : ''}`;
		return [head, '', ...own.map((action) => check(action, today))].join('\n');
	});
	return `${['# Action items', ...(parts.length === 0 ? ['_No actions._'] : parts)].join('\n\n')}\n`;
}

function check(action: TrackedAction, today: string): string {
	const facts = [
		action.owner || 'no owner',
		action.dueDate === '' ? 'no due date' : `due ${action.dueDate}`,
		...(isOverdue(action, today) ? ['**overdue**'] : []),
		...(action.status === 'in_progress' ? ['in progress'] : []),
		`${action.priority} priority`
	];
	const criterion = action.successCriterion.trim() === '' ? '' : `\n  - ${line(action.successCriterion)}`;
	return `- [${action.status === 'complete' ? 'x' : ' '}] ${line(action.title)} (${facts.map(line).join(', ')})${criterion}`;
}

function line(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

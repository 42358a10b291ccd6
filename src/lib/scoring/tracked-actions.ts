/** Actions that a review has agreed on, as the log tracks them. */
import type { Facts } from './facts.ts';

export interface TrackedAction {
	actionItemId: string;
	title: string;
	owner: string;
	/** Wall time, as all dates of actions; null where none is set. */
	dueAt: number | null;
	/** What shows that it worked; null where the log does not ask for it. */
	criterion: string | null;
	status: 'not_started' | 'in_progress' | 'complete';
	/** Wall time. */
	completedAt: number | null;
	seqs: number[];
}

/** What an event may say of an action. A change says only what it changes; later versions of Muster say more. */
interface Said {
	status?: TrackedAction['status'];
	title?: string;
	owner?: string;
	dueAt?: number | null;
	successCriterion?: string;
	withdrawn?: boolean;
}

/** In the order in which they were added; withdrawn ones are left out. */
export function trackedActions(facts: Facts): TrackedAction[] {
	const actions = new Map<string, TrackedAction>();
	for (const event of facts.of('action_item.added', 'action_item.changed')) {
		const { actionItemId } = event.payload;
		const known = actions.get(actionItemId) ?? (event.type === 'action_item.added' ? fresh(actionItemId) : null);
		if (!known) continue;
		const said: Said = event.payload;
		if (said.withdrawn === true) {
			actions.delete(actionItemId);
			continue;
		}
		const status = said.status ?? known.status;
		actions.set(actionItemId, {
			actionItemId,
			title: said.title ?? known.title,
			owner: said.owner ?? known.owner,
			dueAt: said.dueAt === undefined ? known.dueAt : said.dueAt,
			criterion: said.successCriterion ?? known.criterion,
			status,
			completedAt: status === 'complete' ? (known.completedAt ?? event.recordedAt) : null,
			seqs: [...known.seqs, event.seq]
		});
	}
	return [...actions.values()];
}

function fresh(actionItemId: string): TrackedAction {
	return {
		actionItemId,
		title: '',
		owner: '',
		dueAt: null,
		criterion: null,
		status: 'not_started',
		completedAt: null,
		seqs: []
	};
}

/** What became of the actions that post-mortems promised. */
import type { IncidentFacts } from './facts.ts';
import { shareOf, type Share } from './share.ts';

export interface ActionClosure {
	total: number;
	/** Closed over all. */
	closed: Share;
	/** Closed in time over those that were due by then or are closed. */
	onTime: Share;
	/** Open and past their date. */
	overdue: { incident: string; title: string; dueAt: number }[];
	/** A run of the scenario's variant showed that they worked, over those closed. */
	proved: Share;
}

export function actionClosure(rows: readonly IncidentFacts[], now: number): ActionClosure {
	const all = rows.flatMap((row) => row.actions.map((action) => ({ row, ...action })));
	const closed = all.filter(({ status }) => status === 'complete');
	const dated = all.filter(({ dueAt, status }) => dueAt !== null && (status === 'complete' || dueAt < now));
	return {
		total: all.length,
		closed: shareOf(closed.length, all.length),
		onTime: shareOf(
			dated.filter(({ status, completedAt, dueAt }) => status === 'complete' && (completedAt ?? 0) <= (dueAt ?? 0))
				.length,
			dated.length
		),
		overdue: all
			.flatMap(({ row, title, status, dueAt }) =>
				status !== 'complete' && dueAt !== null && dueAt < now ? [{ incident: row.key, title, dueAt }] : []
			)
			.sort((a, b) => a.dueAt - b.dueAt),
		proved: shareOf(closed.filter(({ proofIncidentId }) => proofIncidentId !== null).length, closed.length)
	};
}

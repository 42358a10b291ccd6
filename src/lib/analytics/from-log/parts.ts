/** The parts of a row that take a walk through the log each. */
import type { IncidentEvent } from '../../incident/event.ts';
import type { ActionFacts, AttemptFacts, PostmortemState } from '../facts.ts';

/** Impact until the end: each entry carries the integral until itself, so the last one and what went on after it suffice. */
export function impactMinutesOf(events: readonly IncidentEvent[], end: number | null): number | null {
	let share = 0;
	let since = 0;
	let minutes: number | null = null;
	for (const event of events) {
		if (event.type !== 'impact.started' && event.type !== 'impact.changed' && event.type !== 'impact.ended') continue;
		// An import knows that customers suffered, and not how many.
		if ('assumed' in event.payload && event.payload.assumed === true) return null;
		minutes = event.type === 'impact.started' ? (minutes ?? 0) : event.payload.affectedMinutes;
		share = event.type === 'impact.ended' ? 0 : event.payload.share;
		since = event.occurredAt;
	}
	return minutes === null ? null : minutes + (share * Math.max(0, (end ?? since) - since)) / 60_000;
}

/** Where the post-mortem stands: as the log has it, else as the import said. */
export function postmortemOf(events: readonly IncidentEvent[], imported: string | null): PostmortemState | null {
	let state: PostmortemState | null = null;
	for (const { type } of events as readonly { type: string }[]) {
		if (type === 'postmortem.drafted' || type === 'postmortem.review_returned') state = 'draft';
		if (type === 'postmortem.review_requested') state = 'review';
		// Whoever goes on writing has published all the same.
		if (type === 'postmortem.published') return 'published';
	}
	if (state !== null) return state;
	if (imported === 'draft' || imported === 'published' || imported === 'not_due') return imported;
	return imported === null && isImported(events) ? null : 'none';
}

function isImported(events: readonly { type: string }[]): boolean {
	return events.some(({ type }) => type === 'incident.imported');
}

/** Answers to the first question of the survey, ascending, so that their order tells nobody. */
export function strainOf(events: readonly IncidentEvent[]): number[] {
	const answers = (events as readonly { type: string; payload: unknown }[]).flatMap(({ type, payload }) => {
		if (type !== 'survey.answered') return [];
		const strain = (payload as { answers?: { strain?: unknown } | null }).answers?.strain;
		return typeof strain === 'number' && strain >= 1 && strain <= 5 ? [strain] : [];
	});
	return answers.sort((a, b) => a - b);
}

export function actionsOf(events: readonly IncidentEvent[]): ActionFacts[] {
	const actions = new Map<string, ActionFacts>();
	for (const event of events) {
		if (event.type !== 'action_item.added' && event.type !== 'action_item.changed') continue;
		const { actionItemId } = event.payload;
		const detail = event.payload as {
			withdrawn?: boolean;
			title?: string;
			dueAt?: number | null;
			proofIncidentId?: string | null;
		};
		const known = actions.get(actionItemId);
		if (detail.withdrawn) {
			actions.delete(actionItemId);
			continue;
		}
		const status = event.type === 'action_item.changed' ? event.payload.status : (known?.status ?? 'not_started');
		actions.set(actionItemId, {
			title: detail.title ?? known?.title ?? '',
			status,
			dueAt: detail.dueAt === undefined ? (known?.dueAt ?? null) : detail.dueAt,
			completedAt: status === 'complete' ? (known?.completedAt ?? event.recordedAt) : null,
			proofIncidentId: detail.proofIncidentId ?? known?.proofIncidentId ?? null
		});
	}
	return [...actions.values()];
}

/** A few are enough to see which came first; more would only make rows large. */
const MOST_ATTEMPTS = 30;

export function attemptsOf(events: readonly IncidentEvent[]): AttemptFacts[] {
	const verdicts = new Map(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' ? [[event.payload.attemptId, event.payload.verdict] as const] : []
		)
	);
	return events
		.flatMap((event) => {
			if (event.type !== 'mitigation.started') return [];
			const { attemptId, mitigationId, name } = event.payload;
			const verdict = verdicts.get(attemptId);
			const helped = verdict === undefined ? null : verdict === 'effective' || verdict === 'partial';
			return [{ name: mitigationId || name, startedAt: event.occurredAt, helped }];
		})
		.slice(0, MOST_ATTEMPTS);
}

import type { Severity } from '../incident/severity.ts';
import type { ClockWords } from './clock-words.ts';
import type { ActionItem } from './document.ts';
import type { Source } from './source.ts';

const DAY = 24 * 3_600_000;

/** How soon an action is due, and how much it presses, by the severity of the incident. */
export const ACTION_TERMS: Record<Severity, { days: number; priority: ActionItem['priority'] }> = {
	P1: { days: 7, priority: 'critical' },
	P2: { days: 14, priority: 'high' },
	P3: { days: 30, priority: 'medium' },
	P4: { days: 60, priority: 'low' }
};

/**
 * For each root cause one action that prevents it and one that notices it earlier; and one per runbook that let people
 * down. Source: "Incident Response Excellence", §4, `generate_action_items`.
 */
export function draftActions(source: Source, clock: ClockWords): ActionItem[] {
	const { state, to, from } = source;
	const endedAt = to?.at ?? from?.at ?? 0;
	const terms = ACTION_TERMS[state.severity ?? 'P2'];
	const due = (days: number): string => clock.date(endedAt + days * DAY);
	const item = (parts: Partial<ActionItem> & Pick<ActionItem, 'id' | 'title'>): ActionItem => ({
		kind: 'other',
		owner: '',
		dueDate: due(terms.days),
		priority: terms.priority,
		successCriterion: '',
		status: 'not_started',
		...parts
	});
	const causes = state.hypotheses.filter(({ verdict }) => verdict?.kind === 'confirmed');
	const items = causes.flatMap(({ hypothesisId, text }) => {
		const cause = text.trim().replace(/[.]$/, '');
		return [
			item({
				id: `prevent-${hypothesisId}`,
				kind: 'prevent',
				title: `Prevent: ${cause}`,
				owner: ownerOf(source),
				successCriterion: 'The same cause, brought about on purpose, no longer reaches customers'
			}),
			item({
				id: `detect-${hypothesisId}`,
				kind: 'detect',
				title: `Detect: Early warning for ${cause}`,
				owner: '@monitoring-team',
				dueDate: due(ACTION_TERMS.P2.days),
				priority: 'high',
				successCriterion: 'Alert fires 10+ minutes before customer impact'
			})
		];
	});
	if (causes.length === 0 && state.declared && !state.stoodDown) {
		items.push(
			item({
				id: 'find-cause',
				title: 'Find the root cause',
				owner: ownerOf(source),
				successCriterion: 'A cause is confirmed by evidence'
			})
		);
	}
	return [...items, ...runbookActions(source, item)];
}

/** A runbook of which steps were skipped, or that led to a step that made it worse, wants mending. */
function runbookActions(
	{ events, state }: Source,
	item: (parts: Partial<ActionItem> & Pick<ActionItem, 'id' | 'title'>) => ActionItem
): ActionItem[] {
	const harmful = new Set(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' && event.payload.verdict === 'harmful' ? [event.payload.attemptId] : []
		)
	);
	return state.runbooks
		.filter(
			({ runbookId, steps }) =>
				steps.some(({ outcome }) => outcome === 'skipped') ||
				state.mitigations.some((one) => one.runbookId === runbookId && harmful.has(one.attemptId))
		)
		.map(({ runbookId, name }) =>
			item({
				id: `runbook-${runbookId}`,
				title: `Update runbook "${name}"`,
				owner: '@on-call-team',
				successCriterion: 'A rehearsal follows every step as written'
			})
		);
}

/** The team that the first alert names, else those who own the service. */
function ownerOf({ state }: Source): string {
	const labels = state.alerts[0]?.labels ?? {};
	const team = labels.team ?? labels.service;
	return team ? `@${team.replace(/\s+/g, '-').toLowerCase()}${/team$/i.test(team) ? '' : '-team'}` : '@service-owner';
}

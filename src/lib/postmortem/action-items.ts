import { DAY_MS, reviewTerms } from '../incident/review-terms.ts';
import type { Severity, SeverityPolicy } from '../incident/severity.ts';
import type { ClockWords } from './clock-words.ts';
import type { ActionItem, PostmortemDocument, Why } from './document.ts';
import { EMPTY } from './shared.ts';
import type { Source } from './source.ts';

/** How much an action presses, by the severity of the incident. */
export const ACTION_PRIORITY: Record<Severity, ActionItem['priority']> = {
	P1: 'critical',
	P2: 'high',
	P3: 'medium',
	P4: 'low'
};

/** What actions are proposed with: who, until when, how urgently. Decided once per incident. */
export interface ActionTerms {
	/** The team that owns what failed, `@cache-team`. */
	owner: string;
	/** `2024-02-15`. */
	dueDate: string;
	/** What notices earlier is always urgent. */
	detectDueDate: string;
	priority: ActionItem['priority'];
}

/** The team that watches over alerts. Source: "Incident Response Excellence", §4. */
const MONITORING_TEAM = '@monitoring-team';
export const DETECT_CRITERION = 'Alert fires 10+ minutes before customer impact';
export const PREVENT_CRITERION = 'The same cause, brought about on purpose, no longer reaches customers';

/** Days are counted from `from`, wall time: actions are carried out in people's own time, whatever year a run was set in. */
export function actionTerms(
	from: number,
	severity: Severity | null,
	policy: SeverityPolicy | null,
	owner: string
): ActionTerms {
	const date = (days: number): string => new Date(from + days * DAY_MS).toISOString().slice(0, 10);
	return {
		owner,
		dueDate: date(reviewTerms(policy, severity).actionDays),
		detectDueDate: date(reviewTerms(policy, 'P2').actionDays),
		priority: ACTION_PRIORITY[severity ?? 'P2']
	};
}

/** For a root cause one action that prevents it and one that notices it earlier. Source: `generate_action_items` there. */
export function actionsFor(cause: string, causeId: string, terms: ActionTerms): [ActionItem, ActionItem] {
	const words = cause.replace(/\s+/g, ' ').trim().replace(/[.]$/, '');
	return [
		{
			...EMPTY.actionItems,
			id: `prevent-${causeId}`,
			kind: 'prevent',
			title: `Prevent: ${words}`,
			owner: terms.owner,
			dueDate: terms.dueDate,
			priority: terms.priority,
			successCriterion: PREVENT_CRITERION,
			causeId
		},
		{
			...EMPTY.actionItems,
			id: `detect-${causeId}`,
			kind: 'detect',
			title: `Detect: Early warning for ${words}`,
			owner: MONITORING_TEAM,
			dueDate: terms.detectDueDate,
			priority: 'high',
			successCriterion: DETECT_CRITERION,
			causeId
		}
	];
}

/** Actions for root causes that have none of their kind yet; people take them up or leave them. */
export function proposedActions(
	{ whys, actionItems }: Pick<PostmortemDocument, 'whys' | 'actionItems'>,
	terms: ActionTerms
): { why: Why; actions: ActionItem[] }[] {
	return whys
		.filter(({ rootCause, answer }) => rootCause && answer.trim() !== '')
		.map((why) => ({
			why,
			actions: actionsFor(why.answer, why.id, terms).filter(
				({ kind }) => !actionItems.some((item) => item.causeId === why.id && item.kind === kind)
			)
		}))
		.filter(({ actions }) => actions.length > 0);
}

/** Actions of a first draft: for the cause that people confirmed, and one per runbook that let them down. */
export function draftActions(
	source: Source,
	clock: ClockWords,
	whys: readonly Why[],
	policy: SeverityPolicy | null
): ActionItem[] {
	const { state } = source;
	const terms = draftTerms(source, clock, policy);
	const { owner, dueDate, priority } = terms;
	const item = (parts: Partial<ActionItem> & Pick<ActionItem, 'id' | 'title'>): ActionItem => ({
		...EMPTY.actionItems,
		owner,
		dueDate,
		priority,
		...parts
	});
	const [cause] = whys;
	const items: ActionItem[] = source.cause && cause ? actionsFor(cause.answer, cause.id, terms) : [];
	if (items.length === 0 && state.declared && !state.stoodDown) {
		items.push(
			item({ id: 'find-cause', title: 'Find the root cause', successCriterion: 'A cause is confirmed by evidence' })
		);
	}
	return [...items, ...runbookActions(source, item)];
}

/** Terms counted from the end of an incident on the calendar of the wall. */
function draftTerms(source: Source, clock: ClockWords, policy: SeverityPolicy | null): ActionTerms {
	const terms = actionTerms(source.endedAt, source.state.severity, policy, ownerOf(source));
	const of = (days: number): string => clock.date(source.endedAt + days * DAY_MS);
	return {
		...terms,
		dueDate: of(reviewTerms(policy, source.state.severity).actionDays),
		detectDueDate: of(reviewTerms(policy, 'P2').actionDays)
	};
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
export function ownerOf({ state }: Pick<Source, 'state'>): string {
	const labels = state.alerts[0]?.labels ?? {};
	const team = labels.team ?? labels.service;
	return team ? `@${team.replace(/\s+/g, '-').toLowerCase()}${/team$/i.test(team) ? '' : '-team'}` : '@service-owner';
}

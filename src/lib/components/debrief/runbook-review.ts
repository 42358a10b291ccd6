/** What a run tells about the runbooks that were worked through: which steps were skipped, unclear, or did harm. Pure. */
import type { ViewEvent } from '$lib/incident/event.ts';
import { isOwnRunbook } from '$lib/incident/runbook.ts';
import type { IncidentState } from '$lib/incident/state.ts';

export interface RunbookReview {
	runbookId: string;
	name: string;
	/** Brought by the team. */
	own: boolean;
	opened: boolean;
	done: number;
	steps: number;
	/** Sentences in order: the step, and what people said. */
	skipped: { step: string; why: string }[];
	unclear: { step: string; why: string }[];
	/** What was carried out because of it and made it worse; known once the truth is open. */
	harm: { step: string; why: string }[];
	/** Steps that nobody touched, where it was opened. */
	untouched: string[];
}

export interface OfferedRunbook {
	id: string;
	name: string;
	steps: { id: string; title: string }[];
}

/** Those that were opened, and a team's own that were on offer and stayed closed. A team's own come first. */
export function reviewRunbooks(
	state: Pick<IncidentState, 'runbooks' | 'mitigations'>,
	events: readonly ViewEvent[],
	offered: readonly OfferedRunbook[]
): RunbookReview[] {
	const harmful = new Set(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' && event.payload.verdict === 'harmful' ? [event.payload.attemptId] : []
		)
	);
	const opened = state.runbooks.map((open): RunbookReview => {
		const titles = offered.find(({ id }) => id === open.runbookId)?.steps ?? [];
		const title = (stepId: string | null) => titles.find(({ id }) => id === stepId)?.title ?? '';
		return {
			runbookId: open.runbookId,
			name: open.name,
			own: isOwnRunbook(open.runbookId),
			opened: true,
			done: open.steps.filter(({ outcome }) => outcome === 'completed').length,
			steps: Math.max(titles.length, open.steps.length),
			skipped: open.steps
				.filter(({ outcome }) => outcome === 'skipped')
				.map(({ title: step, text: why }) => ({ step, why })),
			unclear: (open.unclear ?? []).map(({ title: step, note: why }) => ({ step, why })),
			harm: state.mitigations
				.filter(({ runbookId, attemptId }) => runbookId === open.runbookId && harmful.has(attemptId))
				.map(({ name, stepId }) => ({ step: title(stepId) || name, why: `“${name}” made it worse` })),
			untouched: titles.filter(({ id }) => !touched(open, state.mitigations, id)).map((step) => step.title)
		};
	});
	const closed = offered
		.filter(({ id }) => isOwnRunbook(id) && !opened.some(({ runbookId }) => runbookId === id))
		.map(({ id, name, steps }): RunbookReview => ({
			runbookId: id,
			name,
			own: true,
			opened: false,
			done: 0,
			steps: steps.length,
			skipped: [],
			unclear: [],
			harm: [],
			untouched: []
		}));
	return [...opened, ...closed].sort((a, b) => Number(b.own) - Number(a.own));
}

/** Done, skipped, spoken of, or followed by a mitigation. */
function touched(
	{ runbookId, steps, unclear = [] }: IncidentState['runbooks'][number],
	mitigations: IncidentState['mitigations'],
	stepId: string
): boolean {
	return (
		steps.some((step) => step.stepId === stepId) ||
		unclear.some((step) => step.stepId === stepId) ||
		mitigations.some((one) => one.runbookId === runbookId && one.stepId === stepId)
	);
}

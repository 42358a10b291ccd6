/** What a run tells about the runbooks that were worked through: which steps were skipped, unclear, or did harm. Pure. */
import type { ViewEvent } from '$lib/incident/event.ts';
import { isOwnRunbook } from '$lib/incident/runbook.ts';
import type { IncidentState } from '$lib/incident/state.ts';

export interface RunbookReview {
	runbookId: string;
	name: string;
	/** Brought by the team. */
	own: boolean;
	/** Things that tools can do, from which some were picked. */
	procedures: boolean;
	opened: boolean;
	done: number;
	steps: number;
	/** Sentences in order: the step, and what people said. */
	skipped: { step: string; why: string }[];
	unclear: { step: string; why: string }[];
	/** What was carried out because of it and made it worse; known once the truth is open. */
	harm: { step: string; why: string }[];
	/** Changes that were left to a tool, and what came of them; empty words where that is not known yet. */
	trusted: { step: string; why: string }[];
	/** Steps that nobody touched, where it was opened to be worked through. */
	untouched: string[];
}

export interface OfferedRunbook {
	id: string;
	name: string;
	kind: 'guide' | 'procedures';
	steps: { id: string; title: string }[];
}

/** Those that were opened, and a team's own that were on offer and stayed closed. A team's own come first. */
export function reviewRunbooks(
	state: Pick<IncidentState, 'runbooks' | 'mitigations'>,
	events: readonly ViewEvent[],
	offered: readonly OfferedRunbook[]
): RunbookReview[] {
	const verdicts = new Map(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' ? [[event.payload.attemptId, event.payload.verdict] as const] : []
		)
	);
	const opened = state.runbooks.map((open): RunbookReview => {
		const offer = offered.find(({ id }) => id === open.runbookId);
		const titles = offer?.steps ?? [];
		const title = (stepId: string | null) => titles.find(({ id }) => id === stepId)?.title ?? '';
		const mitigations = state.mitigations.filter(({ runbookId }) => runbookId === open.runbookId);
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
			harm: mitigations
				.filter(({ attemptId }) => verdicts.get(attemptId) === 'harmful')
				.map(({ name, stepId }) => ({ step: title(stepId) || name, why: `“${name}” made it worse` })),
			trusted: mitigations.filter(byTool).map(({ attemptId, name, stepId }) => ({
				step: title(stepId) || name,
				why: CAME_OF_IT[verdicts.get(attemptId) ?? ''] ?? ''
			})),
			procedures: offer?.kind === 'procedures',
			untouched:
				offer?.kind === 'procedures'
					? []
					: titles.filter(({ id }) => !touched(open, mitigations, id)).map((step) => step.title)
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
			trusted: [],
			procedures: false,
			untouched: []
		}));
	return [...opened, ...closed].sort((a, b) => Number(b.own) - Number(a.own));
}

const CAME_OF_IT: Record<string, string> = {
	effective: 'it helped',
	partial: 'it helped in part',
	ineffective: 'it changed nothing',
	harmful: 'it made it worse',
	not_run: 'it did not run'
};

function byTool({ by }: IncidentState['mitigations'][number]): boolean {
	return by.kind === 'system' && by.name === 'automation';
}

/** Done, skipped, spoken of, or followed by a mitigation. */
function touched(
	{ steps, unclear = [] }: IncidentState['runbooks'][number],
	mitigations: IncidentState['mitigations'],
	stepId: string
): boolean {
	return (
		steps.some((step) => step.stepId === stepId) ||
		unclear.some((step) => step.stepId === stepId) ||
		mitigations.some((one) => one.stepId === stepId)
	);
}

import { refuse, type Refusal } from '../refusal.ts';
import { GENERIC_INVESTIGATION, type RunbookOutline } from '../runbook.ts';
import type { IncidentState, RunbookState } from '../state.ts';
import { happened, type DecideContext, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

export const decideRunbooks: Deciders<'openRunbook' | 'completeStep' | 'skipStep' | 'markUnclear' | 'finishRunbook'> = {
	openRunbook: (state, { runbookId }, context) => {
		const outline = outlineOf(runbookId, context);
		if (!outline) return refuse('unknown_id', 'There is no such runbook: choose one from the list.');
		if (state.runbooks.some((one) => one.runbookId === runbookId)) {
			return refuse('wrong_state', `"${outline.name}" is open already.`);
		}
		return happened(context, { type: 'runbook.opened', payload: { runbookId, name: outline.name } });
	},

	completeStep: (state, { runbookId, stepId, result }, context) => {
		const found = findStep(state, runbookId, stepId, context);
		if ('ok' in found) return found;
		if (found.step.automated) return refuse('wrong_state', 'A tool carries out this step: run it, or skip it.');
		if (found.done?.outcome === 'completed') return refuse('wrong_state', 'This step is done already.');
		const { title } = found.step;
		return happened(context, {
			type: 'runbook.step_completed',
			payload: { runbookId, stepId, title, automated: false, result }
		});
	},

	skipStep: (state, { runbookId, stepId, reason }, context) => {
		const found = findStep(state, runbookId, stepId, context);
		if ('ok' in found) return found;
		if (found.done) return refuse('wrong_state', `This step is ${found.done.outcome} already.`);
		const { title } = found.step;
		return (
			requireText(reason, 'why this step is skipped') ??
			happened(context, { type: 'runbook.step_skipped', payload: { runbookId, stepId, title, reason } })
		);
	},

	markUnclear: (state, { runbookId, stepId, note }, context) => {
		const found = findStep(state, runbookId, stepId, context);
		if ('ok' in found) return found;
		const { title } = found.step;
		return happened(context, { type: 'runbook.step_unclear', payload: { runbookId, stepId, title, note } });
	},

	finishRunbook: (state, { runbookId, causeFound, note }, context) => {
		const open = findOpen(state, runbookId);
		if ('ok' in open) return open;
		return happened(context, { type: 'runbook.finished', payload: { runbookId, causeFound, note } });
	}
};

function outlineOf(runbookId: string, context: DecideContext): RunbookOutline | undefined {
	return [...(context.runbooks ?? []), GENERIC_INVESTIGATION].find((one) => one.runbookId === runbookId);
}

function findOpen(state: IncidentState, runbookId: string): RunbookState | Refusal {
	const open = state.runbooks.find((one) => one.runbookId === runbookId);
	if (!open) return refuse('wrong_state', 'Open the runbook first.');
	return open.finished ? refuse('wrong_state', `"${open.name}" is finished.`) : open;
}

interface Step {
	step: RunbookOutline['steps'][number];
	done: RunbookState['steps'][number] | undefined;
}

function findStep(state: IncidentState, runbookId: string, stepId: string, context: DecideContext): Step | Refusal {
	const open = findOpen(state, runbookId);
	if ('ok' in open) return open;
	const step = outlineOf(runbookId, context)?.steps.find((one) => one.stepId === stepId);
	if (!step) return refuse('unknown_id', `"${open.name}" has no such step.`);
	return { step, done: open.steps.find((one) => one.stepId === stepId) };
}

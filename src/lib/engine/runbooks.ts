import { refuse, type Refusal } from '../incident/refusal.ts';
import type { RunbookOutline } from '../incident/runbook.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Runbook } from '../scenario/scenario.schema.ts';
import { startDiagnostic } from './diagnostics.ts';
import { startMitigation } from './mitigations.ts';
import { AUTOMATION, type Run } from './run.ts';
import type { TaskCause } from './types.ts';

/** Runbooks as the response may know them: steps that ought to be there but are not, are not. */
export function outlinesOf(compiled: CompiledScenario): RunbookOutline[] {
	return compiled.runbooks.map((runbook) => ({
		runbookId: runbook.id,
		name: runbook.name,
		steps: shownSteps(runbook).map((step) => ({
			stepId: step.id,
			title: step.title,
			automated: step.kind === 'automated'
		}))
	}));
}

export function shownSteps(runbook: Runbook): Runbook['steps'] {
	return runbook.steps.filter((step) => step.defect !== 'missing');
}

/** Runs an automated step: a diagnostic or a mitigation of the scenario, or nothing at all where its tool is gone. */
export function runStep(run: Run, runbookId: string, stepId: string, by: TaskCause['by']): Refusal | null {
	const runbook = run.machinery.compiled.runbooks.find(({ id }) => id === runbookId);
	const step = runbook === undefined ? undefined : shownSteps(runbook).find(({ id }) => id === stepId);
	if (runbook === undefined || step === undefined) {
		return refuse('unknown_id', 'There is no such step: choose one from the runbook.');
	}
	if (step.kind !== 'automated') return refuse('wrong_state', 'This step is for people: do it, then tick it off.');
	const open = run.state.incident.runbooks.find((each) => each.runbookId === runbookId);
	if (open === undefined) return refuse('wrong_state', 'Open the runbook first.');
	if (open.finished) return refuse('wrong_state', `"${runbook.name}" is finished.`);
	const cause = { by, command: run.command ?? 0, runbookId, stepId, automated: true };
	if (step.runs === undefined) {
		completeAutomated(run, cause, `error: ${step.command ?? step.title}: no such tool`);
		return null;
	}
	const { mitigations } = run.machinery.compiled.scenario;
	return mitigations.some(({ id }) => id === step.runs)
		? startMitigation(run, step.runs, cause)
		: startDiagnostic(run, step.runs, cause);
}

/** Ticks an automated step off with what it printed. */
export function completeAutomated(
	run: Run,
	{ runbookId, stepId }: Pick<TaskCause, 'runbookId' | 'stepId'>,
	result: string
): void {
	if (runbookId === null || stepId === null) return;
	const step = run.machinery.compiled.runbooks
		.find(({ id }) => id === runbookId)
		?.steps.find(({ id }) => id === stepId);
	if (step === undefined) return;
	run.tell(
		{
			type: 'runbook.step_completed',
			payload: { runbookId, stepId, title: step.title, automated: true, result: firstLines(result) }
		},
		{ actor: AUTOMATION }
	);
}

/** The step shows the head of the output; the whole is the evidence. */
function firstLines(text: string): string {
	const lines = text.trim().split('\n');
	return lines.length <= 6 ? text.trim() : `${lines.slice(0, 6).join('\n')}\n…`;
}

import type { ResponseEvent } from '../events/response-events.ts';
import type { IncidentState, RunbookState } from '../state.ts';
import { change, counted, type Handlers } from './handlers.ts';

export const foldResponse: Handlers<ResponseEvent> = {
	'diagnostic.started': (state, { diagnosticId, command, readyAt }, { occurredAt }) => ({
		...state,
		diagnostics: [...state.diagnostics, { diagnosticId, command, startedAt: occurredAt, readyAt, done: false }]
	}),
	'evidence.revealed': (state, { evidenceId, diagnosticId, command, output }, { occurredAt, actor }) => {
		const first = state.diagnostics.find((one) => one.diagnosticId === diagnosticId && !one.done);
		return {
			...counted(state, 'evidence', evidenceId),
			diagnostics: change(
				state.diagnostics,
				(one) => one === first,
				(one) => ({ ...one, done: true })
			),
			evidence: [
				...state.evidence,
				{
					evidenceId,
					at: occurredAt,
					by: actor,
					pinned: false,
					source: 'diagnostic',
					title: command,
					text: output,
					of: null,
					diagnosticId,
					series: []
				}
			]
		};
	},
	'evidence.pinned': (state, { evidenceId, source, title, text, of, series }, { occurredAt, actor }) => ({
		...counted(state, 'evidence', evidenceId),
		evidence: [
			...state.evidence,
			{ evidenceId, at: occurredAt, by: actor, pinned: true, source, title, text, of, diagnosticId: null, series }
		]
	}),
	'change.deployed': (state, payload, { occurredAt }) => ({
		...counted(state, 'change', payload.changeId),
		changes: [...state.changes, { ...payload, at: occurredAt }]
	}),
	'runbook.opened': (state, { runbookId, name }, { occurredAt, actor }) =>
		state.runbooks.some((one) => one.runbookId === runbookId)
			? state
			: {
					...state,
					runbooks: [...state.runbooks, { runbookId, name, openedAt: occurredAt, by: actor, steps: [], finished: null }]
				},
	'runbook.step_completed': (state, { runbookId, stepId, title, automated, result }, { occurredAt }) =>
		withStep(state, runbookId, { stepId, title, at: occurredAt, outcome: 'completed', automated, text: result }),
	'runbook.step_skipped': (state, { runbookId, stepId, title, reason }, { occurredAt }) =>
		withStep(state, runbookId, { stepId, title, at: occurredAt, outcome: 'skipped', automated: false, text: reason }),
	'runbook.step_unclear': (state, { runbookId, stepId, title, note }, { occurredAt }) => ({
		...state,
		runbooks: change(
			state.runbooks,
			(one) => one.runbookId === runbookId,
			({ unclear = [], ...one }) => ({
				...one,
				unclear: [...unclear.filter((each) => each.stepId !== stepId), { stepId, title, at: occurredAt, note }]
			})
		)
	}),
	'runbook.finished': (state, { runbookId, causeFound, note }, { occurredAt }) => ({
		...state,
		runbooks: change(
			state.runbooks,
			(one) => one.runbookId === runbookId,
			(one) => ({ ...one, finished: { at: occurredAt, causeFound, note } })
		)
	}),
	'mitigation.started': (state, payload, { occurredAt, actor }) => ({
		...counted(state, 'attempt', payload.attemptId),
		mitigations: [...state.mitigations, { ...payload, by: actor, startedAt: occurredAt, finished: null }]
	}),
	'mitigation.finished': (state, { attemptId, ran, message }, { occurredAt }) => ({
		...state,
		mitigations: change(
			state.mitigations,
			(one) => one.attemptId === attemptId,
			(one) => ({ ...one, finished: { at: occurredAt, ran, message } })
		)
	}),
	'telemetry.viewed': (state) => state
};

/** The latest word on a step replaces the earlier one: a skipped step may still be done. */
function withStep(state: IncidentState, runbookId: string, step: RunbookState['steps'][number]): IncidentState {
	return {
		...state,
		runbooks: change(
			state.runbooks,
			(one) => one.runbookId === runbookId,
			(one) => ({ ...one, steps: [...one.steps.filter(({ stepId }) => stepId !== step.stepId), step] })
		)
	};
}

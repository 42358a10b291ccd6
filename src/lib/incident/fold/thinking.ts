import type { CoordinationEvent } from '../events/coordination-events.ts';
import type { HypothesisState, IncidentState } from '../state.ts';
import { change, counted, type Handlers } from './handlers.ts';

type ThinkingEvent = Extract<
	CoordinationEvent,
	{
		type:
			| 'hypothesis.proposed'
			| 'hypothesis.revised'
			| 'hypothesis.evidence_linked'
			| 'hypothesis.ruled_out'
			| 'hypothesis.confirmed'
			| 'note.added'
			| 'decision.recorded'
			| 'attachment.added';
	}
>;

export const foldThinking: Handlers<ThinkingEvent> = {
	'hypothesis.proposed': (state, { hypothesisId, text, confidence, said }, { occurredAt, actor }) => ({
		...counted(state, 'hypothesis', hypothesisId),
		hypotheses: [
			...state.hypotheses,
			{ hypothesisId, at: occurredAt, by: actor, text, confidence, said, links: [], verdict: null }
		]
	}),
	'hypothesis.revised': (state, { hypothesisId, confidence }) =>
		withHypothesis(state, hypothesisId, () => ({ confidence })),
	'hypothesis.evidence_linked': (state, { hypothesisId, evidenceId, supports }) =>
		withHypothesis(state, hypothesisId, ({ links }) => ({
			links: [...links.filter((link) => link.evidenceId !== evidenceId), { evidenceId, supports }]
		})),
	'hypothesis.ruled_out': (state, { hypothesisId, reason, evidenceId }, { occurredAt }) =>
		withHypothesis(state, hypothesisId, () => ({ verdict: { kind: 'ruled_out', at: occurredAt, reason, evidenceId } })),
	'hypothesis.confirmed': (state, { hypothesisId, reason, evidenceId }, { occurredAt }) =>
		withHypothesis(state, hypothesisId, () => ({ verdict: { kind: 'confirmed', at: occurredAt, reason, evidenceId } })),
	'note.added': (state, { noteId, text, said }, { occurredAt, actor }) => ({
		...counted(state, 'note', noteId),
		notes: [...state.notes, { id: noteId, at: occurredAt, by: actor, text, said }]
	}),
	'decision.recorded': (state, { decisionId, text, said }, { occurredAt, actor }) => ({
		...counted(state, 'decision', decisionId),
		decisions: [...state.decisions, { id: decisionId, at: occurredAt, by: actor, text, said }]
	}),
	'attachment.added': (state, payload, { occurredAt }) => ({
		...state,
		attachments: [...state.attachments, { ...payload, at: occurredAt }]
	})
};

function withHypothesis(
	state: IncidentState,
	hypothesisId: string,
	by: (hypothesis: HypothesisState) => Partial<HypothesisState>
): IncidentState {
	return {
		...state,
		hypotheses: change(
			state.hypotheses,
			(one) => one.hypothesisId === hypothesisId,
			(one) => ({ ...one, ...by(one) })
		)
	};
}

import { nextId } from '../next-id.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { HypothesisState, IncidentState } from '../state.ts';
import { happened, whenSaid, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

type HypothesisCommand =
	'proposeHypothesis' | 'reviseHypothesis' | 'linkEvidence' | 'ruleOutHypothesis' | 'confirmHypothesis';

export const decideHypotheses: Deciders<HypothesisCommand> = {
	proposeHypothesis: (state, command, context) => {
		const { text, confidence } = command;
		const refusal = requireText(text, 'what you think is the cause') ?? checkConfidence(confidence);
		if (refusal) return refusal;
		const { said, options } = whenSaid(command, context);
		return happened(
			context,
			{
				type: 'hypothesis.proposed',
				payload: { hypothesisId: nextId(state, 'hypothesis'), text, confidence, said }
			},
			options
		);
	},

	reviseHypothesis: (state, { hypothesisId, confidence }, context) => {
		const found = findOpen(state, hypothesisId);
		if ('ok' in found) return found;
		return (
			checkConfidence(confidence) ??
			happened(context, { type: 'hypothesis.revised', payload: { hypothesisId, confidence } })
		);
	},

	linkEvidence: (state, { hypothesisId, evidenceId, supports }, context) => {
		const found = findHypothesis(state, hypothesisId);
		if ('ok' in found) return found;
		return (
			checkEvidence(state, evidenceId) ??
			happened(context, { type: 'hypothesis.evidence_linked', payload: { hypothesisId, evidenceId, supports } })
		);
	},

	ruleOutHypothesis: (state, { hypothesisId, reason, evidenceId }, context) => {
		const found = findHypothesis(state, hypothesisId);
		if ('ok' in found) return found;
		if (found.verdict?.kind === 'ruled_out') return refuse('wrong_state', 'It is ruled out already.');
		return (
			requireText(reason, 'what speaks against it') ??
			checkEvidence(state, evidenceId) ??
			happened(context, { type: 'hypothesis.ruled_out', payload: { hypothesisId, reason, evidenceId } })
		);
	},

	confirmHypothesis: (state, { hypothesisId, reason, evidenceId }, context) => {
		const found = findHypothesis(state, hypothesisId);
		if ('ok' in found) return found;
		if (found.verdict?.kind === 'confirmed') return refuse('wrong_state', 'It is confirmed already.');
		return (
			requireText(reason, 'what confirms it') ??
			checkEvidence(state, evidenceId) ??
			happened(context, { type: 'hypothesis.confirmed', payload: { hypothesisId, reason, evidenceId } })
		);
	}
};

function findHypothesis(state: IncidentState, hypothesisId: string): HypothesisState | Refusal {
	return (
		state.hypotheses.find((one) => one.hypothesisId === hypothesisId) ??
		refuse('unknown_id', 'There is no such hypothesis here: choose one from the list.')
	);
}

function findOpen(state: IncidentState, hypothesisId: string): HypothesisState | Refusal {
	const found = findHypothesis(state, hypothesisId);
	return 'verdict' in found && found.verdict
		? refuse('wrong_state', 'This hypothesis is settled: propose it anew if that was wrong.')
		: found;
}

function checkConfidence(confidence: number): Refusal | null {
	return confidence >= 0 && confidence <= 1
		? null
		: refuse('incomplete', 'State how sure you are between 0 and 100 per cent.');
}

function checkEvidence(state: IncidentState, evidenceId: string | null): Refusal | null {
	return evidenceId === null || state.evidence.some((one) => one.evidenceId === evidenceId)
		? null
		: refuse('unknown_id', 'There is no such evidence here: choose from what was found or pinned.');
}

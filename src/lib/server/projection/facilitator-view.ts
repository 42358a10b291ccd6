// The truth of a live run, as the wire has it. For facilitators alone.

import { facilitatorView as ofEngine, type Engine, type EngineState } from '../../engine/index.ts';
import type { FacilitatorView } from '../../protocol/messages.ts';
import { conditionWords, duration } from './condition-words.ts';

export function facilitatorView(engine: Engine, state: EngineState): FacilitatorView {
	const view = ofEngine(engine, state);
	const { scenario } = engine.compiled;
	const triggers = new Map(
		scenario.injects.map(({ id, at, when }) => [id, when ? `when ${conditionWords(when)}` : `at ${duration(at ?? 0)}`])
	);
	return {
		faults: view.faults.map(({ faultId, state: now, phase, sinceMs, note }) => ({
			id: faultId,
			state: now,
			phase,
			sinceMs,
			note
		})),
		injects: view.injects.map(({ injectId, channel, from, text, expected, status, dueMs }) => ({
			id: injectId,
			channel,
			from,
			text,
			expected,
			status,
			dueMs,
			trigger: triggers.get(injectId) ?? ''
		})),
		truth: {
			rootCause: view.rootCause,
			trigger: scenario.truth.trigger,
			customersSee: scenario.truth.customers_see,
			redHerrings: scenario.truth.red_herrings,
			notes: view.notes
		},
		mitigations: view.mitigations.map(({ mitigationId, verdict, why }) => ({ id: mitigationId, verdict, why })),
		impact: { share: view.impact.share, affectedMinutes: view.impact.affectedMinutes },
		restored: view.restored.map(({ index, holds }) => {
			const condition = scenario.restored[index];
			return { condition: condition ? conditionWords(condition) : '', holds };
		}),
		hints: view.hints.map(({ text }) => text)
	};
}

import type { TruthEvent } from '../events/truth-events.ts';
import type { IncidentState } from '../state.ts';
import type { Handlers } from './handlers.ts';

const same = (state: IncidentState): IncidentState => state;

/** Of the truth only the impact is kept: a real incident records it by hand and each entry goes on from the last. */
export const foldTruth: Handlers<TruthEvent> = {
	'truth.recorded': same,
	'impact.started': (state, { share }, { occurredAt }) => ({
		...state,
		impact: {
			share,
			since: occurredAt,
			affectedMinutes: state.impact?.affectedMinutes ?? 0,
			startedAt: state.impact?.startedAt ?? occurredAt
		}
	}),
	'impact.changed': (state, { share, affectedMinutes }, { occurredAt }) => ({
		...state,
		impact: { share, since: occurredAt, affectedMinutes, startedAt: state.impact?.startedAt ?? occurredAt }
	}),
	'impact.ended': (state, { affectedMinutes }, { occurredAt }) => ({
		...state,
		impact: { share: 0, since: occurredAt, affectedMinutes, startedAt: state.impact?.startedAt ?? occurredAt }
	}),
	'sli.breached': same,
	'sli.restored': same,
	'fault.transitioned': same,
	'mitigation.judged': same,
	'expectations.judged': same,
	'twin.computed': same,
	'telemetry.archived': same
};

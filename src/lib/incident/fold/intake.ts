import type { IntakeEvent } from '../events/intake-events.ts';
import type { Handlers } from './handlers.ts';

export const foldIntake: Handlers<IntakeEvent> = {
	// A correction of an import may bring another title; how it was declared then stays in the log.
	'incident.imported': (state, facts) => ({
		...state,
		imported: facts,
		declared: state.declared && facts.title !== '' ? { ...state.declared, title: facts.title } : state.declared
	}),
	'incident.opened': (state, { title, summary, severity, source }, { occurredAt }) => ({
		...state,
		opened: { at: occurredAt, title, summary, severity, source }
	}),
	'incident.detected': (state) => state,
	'incident.acknowledged': (state) => state,
	'events.imported': (state) => state
};

import type { CoordinationEvent } from '../events/coordination-events.ts';
import { foldPeople, type PeopleEvent } from './people.ts';
import { foldTalk, type TalkEvent } from './talk.ts';
import { foldThinking } from './thinking.ts';
import type { Handlers } from './handlers.ts';

type StatusEvent = Extract<CoordinationEvent, { type: 'status.changed' | 'incident.reopened' | 'incident.stood_down' }>;
type ClassifiedEvent = Extract<CoordinationEvent, { type: 'incident.classified' }>;
type ThinkingEvent = Exclude<CoordinationEvent, PeopleEvent | TalkEvent | StatusEvent | ClassifiedEvent>;

const foldStatus: Handlers<StatusEvent> = {
	// A real incident ends when it is closed; a run ends by its own event.
	'status.changed': (state, { to, note }, { occurredAt }) => ({
		...state,
		status: to,
		statusSince: occurredAt,
		...(to === 'closed' && state.origin === 'real'
			? {
					lifecycle: 'ended' as const,
					ended: { at: occurredAt, outcome: 'resolved' as const, reason: note || 'closed' }
				}
			: {})
	}),
	'incident.reopened': (state, _payload, { occurredAt }) => ({
		...state,
		status: 'investigating',
		statusSince: occurredAt,
		stoodDown: false,
		...(state.origin === 'real' ? { lifecycle: 'running' as const, ended: null } : {})
	}),
	'incident.stood_down': (state, { reason }, { occurredAt }) => ({
		...state,
		stoodDown: true,
		status: 'closed',
		statusSince: occurredAt,
		...(state.origin === 'real'
			? { lifecycle: 'ended' as const, ended: { at: occurredAt, outcome: 'resolved' as const, reason } }
			: {})
	})
};

export const foldCoordination: Handlers<CoordinationEvent> = {
	...foldStatus,
	...foldPeople,
	...foldTalk,
	// Read by analytics alone, which takes it from the log.
	...({ 'incident.classified': (state) => state } satisfies Handlers<ClassifiedEvent>),
	...(foldThinking satisfies Handlers<ThinkingEvent>)
};

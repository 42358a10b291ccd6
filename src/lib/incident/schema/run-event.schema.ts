import { z } from 'zod';
import { event } from './event-of.schema.ts';
import { id, longText, milestone, ms, role, text } from './fields.schema.ts';

export const runEventSchemas = [
	event('run.began', { speed: z.number() }),
	event('inject.delivered', { injectId: id, channel: text(), from: text(), text: longText, to: role.nullable() }),
	event('hint.requested', {}),
	event('hint.given', { step: z.number(), text: longText }),
	event('facilitator.intervened', {
		what: z.enum(['inject_fired', 'inject_skipped', 'inject_delayed']),
		injectId: id,
		byMs: ms.nullable()
	}),
	event('observation.recorded', { text: longText }),
	event('clock.paused', {
		reason: longText,
		cause: z.enum(['host', 'real_incident', 'restart', 'unattended', 'database'])
	}),
	event('clock.resumed', {}),
	event('clock.speed_changed', { speed: z.number() }),
	event('exercise.frozen', { by: id }),
	event('run.ended', {
		outcome: z.enum(['resolved', 'unresolved']),
		reason: z.enum(['success', 'host', 'limit', 'stood_down', 'abandoned']),
		endedMs: ms
	}),
	event('hotwash.answered', { participantId: id, wentWell: longText, surprisedMe: longText, unclear: longText }),
	event('truth.opened', {}),
	event('milestone.corrected', { milestone, at: ms.nullable(), reason: longText }),
	event('postmortem.drafted', { dueAt: ms.nullable() }),
	event('postmortem.published', {}),
	event('action_item.added', { actionItemId: id, title: longText, owner: text(), dueAt: ms.nullable() }),
	event('action_item.changed', { actionItemId: id, status: z.enum(['not_started', 'in_progress', 'complete']) })
] as const;

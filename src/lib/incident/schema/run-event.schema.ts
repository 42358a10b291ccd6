import { z } from 'zod';
import { event } from './event-of.schema.ts';
import { id, longText, milestone, ms, role, text } from './fields.schema.ts';

const actionDetail = {
	kind: z.enum(['prevent', 'detect', 'other']).optional(),
	priority: z.enum(['critical', 'high', 'medium', 'low']).optional(),
	successCriterion: longText.optional(),
	dueDate: text().optional(),
	proofIncidentId: id.nullable().optional()
};

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
	event('postmortem.review_requested', { revision: z.number() }),
	event('postmortem.review_returned', { reason: longText }),
	event('postmortem.published', {
		revision: z.number().optional(),
		contentHash: z.string().max(64).nullable().optional(),
		version: z.number().nullable().optional()
	}),
	event('postmortem.revision_opened', { revision: z.number() }),
	event('action_item.added', {
		actionItemId: id,
		title: longText,
		owner: text(),
		dueAt: ms.nullable(),
		...actionDetail
	}),
	event('action_item.changed', {
		actionItemId: id,
		status: z.enum(['not_started', 'in_progress', 'complete']),
		title: longText.optional(),
		owner: text().optional(),
		dueAt: ms.nullable().optional(),
		withdrawn: z.boolean().optional(),
		...actionDetail
	})
] as const;

import { z } from 'zod';
import { event } from './event-of.schema.ts';
import {
	brief,
	commandRole,
	id,
	joinedAs,
	longText,
	ms,
	role,
	said,
	share,
	strings,
	status,
	text,
	updateChannel
} from './fields.schema.ts';

const verdict = { hypothesisId: id, reason: longText, evidenceId: id.nullable() };

export const coordinationEventSchemas = [
	event('status.changed', { from: status, to: status, note: longText, verification: longText.nullable() }),
	event('incident.reopened', { reason: longText }),
	event('incident.stood_down', { reason: longText }),
	event('participant.joined', { participantId: id, as: joinedAs }),
	event('participant.left', { participantId: id }),
	event('role.assigned', { role: commandRole, participantId: id.nullable(), bot: z.boolean() }),
	event('role.proposed', {
		role: commandRole,
		participantId: id.nullable(),
		bot: z.boolean(),
		onCall: text(),
		why: text()
	}),
	event('role.handed_off', {
		handoffId: id,
		role: commandRole,
		from: id.nullable(),
		to: id,
		briefing: longText,
		items: z.array(z.strictObject({ itemId: id, text: longText })).max(100)
	}),
	event('handoff.item_acknowledged', { handoffId: id, itemId: id }),
	event('message.posted', { messageId: id, text: longText, said: said.nullable() }),
	event('message.corrected', { messageId: id, text: longText }),
	event('brief.updated', { brief }),
	event('status_update.published', {
		updateId: id,
		channel: updateChannel,
		state: status,
		impact: longText,
		action: longText,
		nextUpdateAt: ms.nullable(),
		said: said.nullable()
	}),
	event('stakeholder.asked', {
		questionId: id,
		from: text(),
		channel: text(),
		text: longText,
		needsAnswer: z.boolean(),
		to: role
	}),
	event('stakeholder.handed', { questionId: id, to: commandRole }),
	event('stakeholder.answered', { questionId: id, text: longText }),
	event('task.assigned', { taskId: id, text: longText, ownerId: id.nullable(), dueAt: ms.nullable() }),
	event('task.done', { taskId: id, result: longText }),
	event('hypothesis.proposed', { hypothesisId: id, text: longText, confidence: share, said: said.nullable() }),
	event('hypothesis.revised', { hypothesisId: id, confidence: share }),
	event('hypothesis.evidence_linked', { hypothesisId: id, evidenceId: id, supports: z.boolean() }),
	event('hypothesis.ruled_out', verdict),
	event('hypothesis.confirmed', verdict),
	event('note.added', { noteId: id, text: longText, said: said.nullable() }),
	event('decision.recorded', { decisionId: id, text: longText, said: said.nullable() }),
	event('incident.classified', {
		causeClass: text().nullable().optional(),
		services: strings.nullable().optional(),
		team: text().nullable().optional()
	}),
	event('attachment.added', {
		attachmentId: id,
		name: text(),
		url: text('url').nullable(),
		contentType: text().nullable(),
		bytes: z.number().nullable()
	})
] as const;

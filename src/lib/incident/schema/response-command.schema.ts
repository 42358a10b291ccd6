import { z } from 'zod';
import { hotwashStep, ratedThing, rating, surveyAnswers } from './debrief-event.schema.ts';
import {
	brief,
	commandRole,
	escalationTarget,
	evidenceSource,
	id,
	joinedAs,
	milestone,
	ms,
	pinnedSeries,
	said,
	severity,
	share,
	status,
	strings,
	text,
	updateChannel
} from './fields.schema.ts';

const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
	z.strictObject({ type: z.literal(type), ...shape });
/** Recorded for another, dated to when it was said. */
const recorded = { said: said.extend({ at: ms }).nullable().optional() };
const minutes = z.number();
const verdict = { hypothesisId: id, reason: text('reason'), evidenceId: id.nullable() };

export const responseCommandSchema = z.discriminatedUnion('type', [
	command('join', { as: joinedAs }),
	command('leave', {}),
	command('acknowledgeAlert', { alertId: id }),
	command('silenceAlert', { alertId: id, minutes, reason: text('reason') }),
	command('declareIncident', { severity, title: text('title'), summary: text('summary') }),
	command('changeSeverity', { severity, reason: text('reason') }),
	command('changeStatus', { status, note: text('note'), verification: text().nullable() }),
	command('escalate', { to: escalationTarget, whom: text('whom'), reason: text('reason') }),
	command('reopenIncident', { reason: text('reason') }),
	command('standDown', { reason: text('reason') }),
	command('takeRole', { role: commandRole }),
	command('releaseRole', { role: commandRole }),
	command('assignRole', {
		role: commandRole,
		to: z.union([z.strictObject({ participantId: id }), z.strictObject({ bot: z.literal(true) })])
	}),
	command('handOffRole', { role: commandRole, to: id, briefing: text(), items: strings }),
	command('acknowledgeHandoffItem', { handoffId: id, itemId: id }),
	command('postMessage', { text: text('text'), ...recorded }),
	command('correctMessage', { messageId: id, text: text('text') }),
	command('updateBrief', { brief }),
	command('publishStatusUpdate', {
		channel: updateChannel,
		state: status,
		impact: text(),
		action: text(),
		nextUpdateInMinutes: minutes.nullable(),
		...recorded
	}),
	command('answerStakeholder', { questionId: id, text: text('text') }),
	command('handStakeholder', { questionId: id, to: commandRole }),
	command('assignTask', { text: text('text'), ownerId: id.nullable(), dueInMinutes: minutes.nullable() }),
	command('completeTask', { taskId: id, result: text() }),
	command('proposeHypothesis', { text: text('text'), confidence: share, ...recorded }),
	command('reviseHypothesis', { hypothesisId: id, confidence: share }),
	command('linkEvidence', { hypothesisId: id, evidenceId: id, supports: z.boolean() }),
	command('ruleOutHypothesis', verdict),
	command('confirmHypothesis', verdict),
	command('addNote', { text: text('text'), ...recorded }),
	command('recordDecision', { text: text('text'), ...recorded }),
	command('pinEvidence', {
		source: evidenceSource,
		title: text('title'),
		text: text('text'),
		of: id.nullable(),
		series: pinnedSeries
	}),
	command('viewTelemetry', { tool: text('tool'), services: strings }),
	command('openRunbook', { runbookId: id }),
	command('completeStep', { runbookId: id, stepId: id, result: text() }),
	command('skipStep', { runbookId: id, stepId: id, reason: text('reason') }),
	command('markUnclear', { runbookId: id, stepId: id, note: text('note') }),
	command('finishRunbook', { runbookId: id, causeFound: z.boolean(), note: text('note') }),
	command('addAttachment', {
		attachmentId: id,
		name: text('name'),
		url: text('url').nullable(),
		contentType: text('name').nullable(),
		bytes: z.number().min(0).nullable()
	}),
	command('answerHotwash', { wentWell: text(), surprisedMe: text(), unclear: text() }),
	command('openAnswers', {}),
	command('moveHotwash', { step: hotwashStep, moment: id.nullable() }),
	command('answerSurvey', { answers: surveyAnswers.nullable() }),
	command('giveRating', { of: ratedThing, rating: rating.nullable(), note: text('note') }),
	command('openTruth', {}),
	command('correctMilestone', { milestone, at: ms.nullable(), reason: text('reason') }),
	command('requestPostmortemReview', {}),
	command('returnPostmortem', { reason: text('reason') }),
	command('publishPostmortem', {
		contentHash: z.string().max(64).nullable().optional(),
		version: z.number().nullable().optional()
	}),
	command('recordAlert', {
		name: text('name'),
		level: text('tool'),
		service: text('name'),
		summary: text('summary'),
		at: ms
	}),
	command('recordAlertResolved', { alertId: id }),
	command('recordImpact', { change: z.enum(['started', 'changed', 'ended']), share, at: ms }),
	command('recordChange', { service: text('name'), kind: text('tool'), title: text('title'), at: ms }),
	command('recordMitigation', { name: text('name'), at: ms, worked: z.enum(['yes', 'no', 'unknown']) })
]);

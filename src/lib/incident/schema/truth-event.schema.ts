import { z } from 'zod';
import { PHASES } from '../events/truth-events.ts';
import { CAUSE_CATEGORIES } from '../truth.ts';
import { event } from './event-of.schema.ts';
import { commandRole, id, labels, longText, ms, severity, share, text } from './fields.schema.ts';

const many = <S extends z.ZodType>(item: S) => z.array(item).max(1000);

const truth = z.strictObject({
	scenario: text(),
	title: text(),
	variant: z.strictObject({ id: text(), title: text() }).optional(),
	rootCause: longText,
	trigger: longText,
	failureClass: text(),
	severity,
	severityMayBeHigher: z.boolean(),
	services: many(text()),
	customersSee: longText,
	whys: many(
		z.strictObject({
			question: longText,
			answer: longText,
			category: z.enum(CAUSE_CATEGORIES),
			rootCause: z.boolean()
		})
	),
	redHerrings: many(longText),
	mitigations: many(
		z.strictObject({
			mitigationId: id,
			name: text(),
			verdict: z.enum(['effective', 'partial', 'ineffective', 'harmful']),
			why: longText
		})
	),
	runbookId: id.nullable(),
	runbookDefects: many(
		z.strictObject({
			runbookId: id,
			stepId: id.nullable(),
			defect: z.enum(['stale', 'missing', 'trap']),
			note: longText
		})
	),
	objectives: many(longText),
	debriefQuestions: many(longText),
	expected: z.strictObject({
		detectionMs: ms.nullable(),
		mitigationMs: ms.nullable(),
		resolutionMs: ms.nullable(),
		rolesNeeded: many(commandRole),
		statusUpdatesNeeded: z.number(),
		escalationNeeded: z.boolean()
	}),
	cost: z
		.strictObject({
			currency: text(),
			perMinuteAtFullImpact: z.number(),
			productivityPerHour: z.number(),
			assumption: longText
		})
		.nullable(),
	usersTotal: z.number().nullable(),
	precedent: longText,
	actionItems: many(z.strictObject({ title: longText, owner: text(), kind: z.enum(['prevent', 'detect']) }))
});

const archivedSeries = z.strictObject({
	labels,
	times: z.array(ms).max(100_000),
	values: z.array(z.number().nullable()).max(100_000)
});

export const truthEventSchemas = [
	event('truth.recorded', { truth }),
	event('impact.started', { share, assumed: z.boolean().optional() }),
	event('impact.changed', { share, affectedMinutes: z.number() }),
	event('impact.ended', { affectedMinutes: z.number() }),
	event('sli.breached', { sli: text(), objective: text(), value: z.number() }),
	event('sli.restored', { sli: text(), value: z.number() }),
	event('fault.transitioned', { faultId: id, from: text(), to: text(), phase: z.enum(PHASES), because: longText }),
	event('mitigation.judged', { attemptId: id, mitigationId: id, verdict: text(), fromState: text(), toState: text() }),
	event('expectations.judged', {
		expectations: many(
			z.strictObject({
				title: longText,
				met: z.boolean(),
				at: ms.nullable(),
				by: ms.nullable(),
				objective: longText.nullable()
			})
		)
	}),
	event('twin.computed', {
		twin: z.enum(['none', 'reference', 'without']),
		attemptId: id.nullable(),
		label: text(),
		impactMinutes: z.number(),
		resolved: z.boolean(),
		mitigatedMs: ms.nullable(),
		endedMs: ms
	}),
	event('telemetry.archived', {
		panels: many(z.strictObject({ title: text(), unit: text(), series: many(archivedSeries) }))
	})
] as const;

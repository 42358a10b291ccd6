import { z } from 'zod';
import { id, pauseCause, text } from './fields.schema.ts';

const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
	z.strictObject({ type: z.literal(type), ...shape });

/** Slowest and fastest speed of a run, as multiples of real time. */
export const SPEED_RANGE = { min: 1, max: 60 } as const;

export const runCommandSchema = z.discriminatedUnion('type', [
	command('beginRun', {}),
	command('runDiagnostic', { diagnosticId: id }),
	command('runConsole', { line: text('line') }),
	command('runStep', { runbookId: id, stepId: id }),
	command('applyMitigation', { mitigationId: id, runbookId: id.nullable(), stepId: id.nullable() }),
	command('requestHint', {}),
	command('giveHint', { text: text('note').nullable() }),
	command('fireInject', { injectId: id }),
	command('skipInject', { injectId: id }),
	command('delayInject', {
		injectId: id,
		byMs: z
			.number()
			.min(0)
			.max(24 * 3_600_000)
	}),
	command('recordObservation', { text: text('text') }),
	command('pauseRun', { reason: text('reason'), cause: pauseCause }),
	command('resumeRun', {}),
	command('setSpeed', { speed: z.number().min(SPEED_RANGE.min).max(SPEED_RANGE.max) }),
	command('freezeForRealIncident', {}),
	command('endRun', { reason: z.enum(['host', 'abandoned']) })
]);

import { z } from 'zod';
import { SYSTEM_NAMES } from './actor.ts';
import type { IncidentEvent } from './event.ts';
import { alertEventSchemas } from './schema/alert-event.schema.ts';
import { coordinationEventSchemas } from './schema/coordination-event.schema.ts';
import { intakeEventSchemas } from './schema/intake-event.schema.ts';
import { debriefEventSchemas } from './schema/debrief-event.schema.ts';
import { id, ms, role, text } from './schema/fields.schema.ts';
import { responseEventSchemas } from './schema/response-event.schema.ts';
import { runEventSchemas } from './schema/run-event.schema.ts';
import { truthEventSchemas } from './schema/truth-event.schema.ts';

/** Type and payload of every event. Unknown fields are refused. */
export const eventBodySchema = z.discriminatedUnion('type', [
	...alertEventSchemas,
	...coordinationEventSchemas,
	...intakeEventSchemas,
	...debriefEventSchemas,
	...responseEventSchemas,
	...runEventSchemas,
	...truthEventSchemas
]);

export const actorSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('participant'), id }),
	z.strictObject({ kind: z.literal('character'), name: text() }),
	z.strictObject({ kind: z.literal('system'), name: z.enum(SYSTEM_NAMES) })
]);

export const audienceSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('everyone') }),
	z.strictObject({ kind: z.literal('seats'), seats: z.array(role).max(10) }),
	z.strictObject({ kind: z.literal('facilitator') }),
	z.strictObject({ kind: z.literal('truth') }),
	z.strictObject({ kind: z.literal('answers'), by: id }),
	z.strictObject({ kind: z.literal('sealed') })
]);

const storedSchema = z.strictObject({
	seq: z.number().int().positive(),
	recordedAt: ms,
	occurredAt: ms,
	simMs: ms.nullable(),
	actor: actorSchema,
	audience: audienceSchema,
	causedBy: z.number().int().nullable()
});

/**
 * Reads one event of a log from outside (an import, a file). Throws a ZodError that names the field at fault.
 * The body and what stands around it are checked apart, since a union of seventy strict objects cannot be extended.
 */
export function parseEvent(value: unknown): IncidentEvent {
	const { type, payload, ...stored } = z.looseObject({ type: z.string(), payload: z.unknown() }).parse(value);
	return { ...eventBodySchema.parse({ type, payload }), ...storedSchema.parse(stored) };
}

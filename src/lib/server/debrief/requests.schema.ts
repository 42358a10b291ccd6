// What may be sent to the debrief over HTTP.

import { z } from 'zod';
import { MOST_EDITS } from '../../incident/edit.ts';
import { responseCommandSchema, runCommandSchema } from '../../incident/command.schema.ts';

const ADDABLE = ['applyMitigation', 'declareIncident', 'changeStatus', 'escalate', 'publishStatusUpdate'] as const;
const simMs = z
	.number()
	.int()
	.min(0)
	.max(24 * 3_600_000);
const n = z.number().int().positive();
const addable = z
	.discriminatedUnion('type', [...responseCommandSchema.options, ...runCommandSchema.options])
	.refine((body) => (ADDABLE as readonly string[]).includes(body.type), 'not to be added');

export const whatIfSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('edits'),
		edits: z
			.array(
				z.discriminatedUnion('type', [
					z.strictObject({ type: z.literal('remove'), n }),
					z.strictObject({ type: z.literal('move'), n, toMs: simMs }),
					z.strictObject({ type: z.literal('add'), atMs: simMs, body: addable })
				])
			)
			.min(1)
			.max(MOST_EDITS)
	}),
	z.strictObject({ type: z.literal('nobody') }),
	z.strictObject({ type: z.literal('reference') })
]);

export const shareSchema = z.strictObject({
	label: z.string().trim().min(1).max(100),
	names: z.boolean()
});

// What a browser may ask about traces and of the console: everything has a type and a bound.

import { z } from 'zod';

const at = z.number().min(0).max(8.64e15);
const durationMs = z.number().min(0).max(86_400_000).nullable();
const shortText = z.string().max(200);
export const tracesSchema = z.strictObject({
	service: shortText.nullable(),
	operation: shortText,
	minMs: durationMs,
	maxMs: durationMs,
	errorsOnly: z.boolean(),
	fromAt: at,
	toAt: at,
	order: z.enum(['newest', 'slowest']),
	limit: z.number().int().min(1).max(100)
});
export const traceSchema = z.strictObject({ traceId: shortText, nearAt: at.nullable() });

export const lineSchema = z.strictObject({ line: z.string().max(500) });

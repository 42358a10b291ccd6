import { z } from 'zod';

/** Schema of one event's type and payload; `withContext` adds when, who and for whom. */
export const event = <T extends string, S extends z.ZodRawShape>(type: T, payload: S) =>
	z.strictObject({ type: z.literal(type), payload: z.strictObject(payload) });

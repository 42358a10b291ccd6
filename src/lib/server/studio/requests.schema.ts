// What the studio may be sent.

import { z } from 'zod';

/** Twice what all files of a scenario may hold: escapes make JSON longer than text. */
export const MOST_STUDIO_BYTES = 8 * 1024 * 1024;

const id = z.string().min(1).max(100);
/** What a path and a text may be is said in words elsewhere; here only that they are texts, and not without end. */
const files = z
	.record(z.string().max(400), z.string().max(4 * 1024 * 1024))
	.refine((all) => Object.keys(all).length <= 500);
const seed = z.string().regex(/^[\x21-\x7e]{1,40}$/);

export const previewSchema = z.strictObject({ id, files, seed });

export const createSchema = z.strictObject({
	id,
	from: z.discriminatedUnion('type', [
		z.strictObject({ type: z.literal('copy'), of: id }),
		z.strictObject({ type: z.literal('starter'), topology: id }),
		z.strictObject({ type: z.literal('files'), files })
	]),
	onto: z.boolean().optional()
});

export const saveSchema = z.strictObject({
	after: z.number().int().positive(),
	files,
	note: z.string().max(200)
});

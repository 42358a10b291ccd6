// Files that an administrator gave.

import { z } from 'zod';
import { MOST_RUNBOOK_CHARACTERS } from '../../scenario/own-runbook.ts';

/** Name of a file without a way out of its folder, and of a kind that is read. */
const name = z
	.string()
	.max(120)
	.regex(/^[^/\\\0]+\.(md|markdown|ya?ml)$/i)
	.refine((value) => !value.startsWith('.'));

const storedFile = z.strictObject({ name, text: z.string().max(MOST_RUNBOOK_CHARACTERS) });
export type StoredFile = z.output<typeof storedFile>;

export const MOST_UPLOADS = 100;
export const storedFilesSchema = z.array(storedFile).max(MOST_UPLOADS);

export const uploadSchema = z.strictObject({ files: z.array(storedFile).min(1).max(MOST_UPLOADS) });
export const removeSchema = z.strictObject({ name: z.string().max(120) });
/** All uploads together, in characters. */
export const MOST_UPLOADED_CHARACTERS = 4 * 1024 * 1024;

// What authors may send.

import { z } from 'zod';
import { MOST_MSEL_CHARACTERS } from '../../intake/msel.ts';
import { MOST_POSTMORTEM_CHARACTERS } from '../../lab/draft/postmortem-text.ts';

export const injectsSchema = z.strictObject({
	text: z.string().max(MOST_MSEL_CHARACTERS),
	start: z.string().max(10)
});

export const draftSchema = z.strictObject({
	text: z.string().max(MOST_POSTMORTEM_CHARACTERS),
	topology: z.string().max(80)
});

/** JSON of a text is longer than the text. */
export const MOST_AUTHORING_BYTES = 4 * 1024 * 1024;

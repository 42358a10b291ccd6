import { z } from 'zod';
import { slug, text } from './fields.schema.ts';

/** Front matter of a runbook; the steps follow as a list, the body is Markdown. */
export const runbookSchema = z.strictObject({
	id: slug,
	name: text,
	/** Alerts it is meant for. */
	alerts: z.array(text).default([]),
	updated: text.default(''),
	steps: z
		.array(
			z.strictObject({
				id: slug,
				title: text,
				kind: z.enum(['automated', 'manual', 'decision']),
				/** Shown as written, even where it is out of date. */
				command: text.optional(),
				/** What an automated step carries out: a diagnostic or a mitigation of the scenario. */
				runs: slug.optional(),
				text: text.default(''),
				/** Known only to facilitators and the debrief. A `missing` step is one that ought to be there; it is not shown. */
				defect: z.enum(['stale', 'missing', 'trap']).optional(),
				defect_note: text.optional()
			})
		)
		.min(1)
});
export type Runbook = z.output<typeof runbookSchema>;

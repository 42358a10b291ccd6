import { z } from 'zod';
import { slug, text } from './fields.schema.ts';

/** One value or several, as people write lists of one. */
const names = z
	.union([text.max(200), z.array(text.max(200)).max(100)])
	.transform((value) => (Array.isArray(value) ? value : [value]));
const words = z.union([text.max(200), z.number(), z.date()]).transform(String);

/** Front matter of a runbook that a team brings. Fields of other tools may stand beside these. */
export const ownRunbookSchema = z.looseObject({
	id: slug.optional(),
	name: text.max(200).optional(),
	title: text.max(200).optional(),
	/** Alerts it is meant for, by the names that rules give them. */
	alerts: names.default([]),
	/** Scenarios in which it is on offer; `*` for all. */
	scenarios: names.default([]),
	updated: words.optional(),
	/** The steps; those of the Markdown's own list unless given. */
	steps: z
		.array(
			z.looseObject({
				id: slug.optional(),
				title: text.max(400),
				kind: z.enum(['automated', 'manual', 'decision']).default('manual'),
				command: text.max(2_000).optional(),
				/** A diagnostic or a mitigation of the scenario; where it has none such, people do the step by hand. */
				runs: slug.optional(),
				text: z.string().max(20_000).default('')
			})
		)
		.min(1)
		.max(100)
		.optional()
});

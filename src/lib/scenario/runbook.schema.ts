import { z } from 'zod';
import { says, slug, text } from './fields.schema.ts';

/** Front matter of a runbook; the steps follow as a list, the body is Markdown. */
export const runbookSchema = z.strictObject({
	id: slug.meta(says('Its name, and that of its file.', 'high-error-rate')),
	name: text.meta(says('As people read it.', 'High error rate')),
	alerts: z
		.array(text)
		.default([])
		.meta(says('Alerts it is meant for.', ['HighErrorRate'])),
	kind: z
		.enum(['guide', 'procedures'])
		.optional()
		.meta(
			says(
				'`guide`, which it is unless said: worked through from the first step to the last. `procedures`: things that tools can do, picked one by one and in no order; whether to leave it to the tool is for the team to decide.',
				'guide'
			)
		),
	updated: text.default('').meta(says('When somebody last looked after it, as it says itself.', '2026-02-17')),
	steps: z
		.array(
			z.strictObject({
				id: slug.meta(says('Its name.', 'by_version')),
				title: text.meta(says('What it is about.', 'Show 5xx by version')),
				kind: z
					.enum(['automated', 'manual', 'decision'])
					.meta(says('Done by a tool, by a person, or something to decide.', 'automated')),
				command: text
					.optional()
					.meta(says('Shown as written, even where it is out of date.', 'errors core-api by version')),
				runs: slug
					.optional()
					.meta(
						says(
							'What an automated step carries out: a diagnostic or a mitigation of the scenario.',
							'errors_by_version'
						)
					),
				text: text.default('').meta(says('What to mind.', 'Check that the release ran no migration.')),
				defect: z
					.enum(['stale', 'missing', 'trap'])
					.optional()
					.meta(
						says(
							'What is wrong with it, known only to facilitators and the debrief. A `missing` step ought to be there; it is not shown.',
							'stale'
						)
					),
				defect_note: text.optional().meta(says('Why it is wrong.', 'The service was renamed a year ago.'))
			})
		)
		.min(1)
		.meta(says('Its steps, in order.'))
});
export type Runbook = z.output<typeof runbookSchema>;

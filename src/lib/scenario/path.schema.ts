import { z } from 'zod';
import { COMMAND_ROLES } from '../incident/role.ts';
import { says, slug, text } from './fields.schema.ts';

/** A learning path: scenarios in an order, each with what its run is checked for. Files under scenarios/_paths. */

/** Dimensions of the scorecard that are looked at after a run. */
const check = z.array(slug).min(1).max(6);

export const pathSchema = z.strictObject({
	format: z.literal(1).meta(says('Version of this format.', 1)),
	id: slug.meta(says('Name of the path and of its file.', 'on-call-basics')),
	title: text.meta(says('As the page of paths shows it.', 'On-call basics')),
	about: text.meta(
		says(
			'For whom it is and what they can do afterwards.',
			'For everybody who is about to carry a pager for the first time.'
		)
	),
	order: z.number().int().meta(says('Place among the paths.', 1)),
	seat: z.enum(COMMAND_ROLES).optional().meta(says('A run counts only for whoever sat there.', 'incident_commander')),
	check: check
		.optional()
		.meta(
			says('What is looked at where a step names nothing else; the scenario’s own objectives unless given.', [
				'mitigate'
			])
		),
	steps: z
		.array(
			z.strictObject({
				scenario: slug.meta(says('The scenario.', 'wishlist-flag-flip')),
				why: text
					.optional()
					.meta(says('Why it comes here, without giving anything away.', 'The smallest step that stops the harm.')),
				check: check
					.optional()
					.meta(says('Dimensions of the scorecard that are looked at after the run.', ['mitigate']))
			})
		)
		.default([])
		.meta(says('The scenarios in their order.')),
	then: z
		.strictObject({
			classes: z
				.array(text)
				.min(1)
				.optional()
				.meta(says('Of these kinds of failure.', ['network'])),
			difficulty: z
				.array(z.number().int().min(1).max(5))
				.min(1)
				.optional()
				.meta(says('Of these difficulties.', [2, 3])),
			teams: z
				.array(z.enum(['solo', 'pair', 'squad', 'multi-team']))
				.min(1)
				.optional()
				.meta(says('For so many people.', ['squad']))
		})
		.optional()
		.meta(says('After the steps named: every other scenario of the library that fits, the easier ones first.'))
});
export type LearningPath = z.output<typeof pathSchema>;

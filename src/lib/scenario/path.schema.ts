import { z } from 'zod';
import { COMMAND_ROLES } from '../incident/role.ts';
import { slug, text } from './fields.schema.ts';

/** A learning path: scenarios in an order, each with what its run is checked for. Files under scenarios/_paths. */

/** Dimensions of the scorecard that are looked at after a run. */
const check = z.array(slug).min(1).max(6);

export const pathSchema = z.strictObject({
	format: z.literal(1),
	id: slug,
	title: text,
	/** For whom it is and what they can do afterwards. */
	about: text,
	/** Place among the paths. */
	order: z.number().int(),
	/** A run counts only for whoever sat there. */
	seat: z.enum(COMMAND_ROLES).optional(),
	/** What is looked at where a step names nothing else; the scenario's own objectives unless given. */
	check: check.optional(),
	steps: z
		.array(
			z.strictObject({
				scenario: slug,
				/** Why it comes here, without giving anything away. */
				why: text.optional(),
				check: check.optional()
			})
		)
		.default([]),
	/** After the steps named: every other scenario of the library that fits, the easier ones first. */
	then: z
		.strictObject({
			classes: z.array(text).min(1).optional(),
			difficulty: z.array(z.number().int().min(1).max(5)).min(1).optional(),
			teams: z
				.array(z.enum(['solo', 'pair', 'squad', 'multi-team']))
				.min(1)
				.optional()
		})
		.optional()
});
export type LearningPath = z.output<typeof pathSchema>;

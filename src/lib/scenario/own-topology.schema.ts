import { z } from 'zod';
import { slug, text } from './fields.schema.ts';

/** A team's own names for the services of an archetype, and what calls what there. */
export const ownTopologySchema = z.strictObject({
	format: z.literal(1),
	id: slug,
	/** As people call it: "ACME's shop". */
	name: text.max(120),
	/** The archetype that it is like. */
	base: slug,
	services: z.record(
		slug,
		z.strictObject({
			/** The service of the archetype that it stands for. */
			as: slug,
			about: text.max(400).optional()
		})
	),
	/** `caller>callee`, in one's own names; drawn beside those of the archetype. */
	dependencies: z.array(text.max(200)).max(200).default([])
});
export type OwnTopologyFile = z.output<typeof ownTopologySchema>;

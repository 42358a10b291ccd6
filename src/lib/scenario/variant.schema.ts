import { z } from 'zod';
import { clockTime, says, slug, text } from './fields.schema.ts';
import { runbookSchema } from './runbook.schema.ts';

/** The same lesson under other circumstances, so that a team can repeat it without knowing the answer. */

export const onCallPerson = z.strictObject({
	seat: z
		.enum(['primary', 'secondary', 'senior_ic', 'subject_expert', 'manager', 'junior_engineer'])
		.meta(says('Which of those on call.', 'primary')),
	name: text.meta(says('What they are called.', 'Ravi Menon')),
	title: text.meta(says('What they do.', 'Platform engineer'))
});

const factor = z.number().min(0.1).max(10);
const step = runbookSchema.shape.steps.element.shape;

/** What is different about a step; all else stays. */
const stepChange = z.strictObject({
	title: step.title.optional(),
	kind: step.kind.optional(),
	command: step.command,
	runs: step.runs,
	text: text.optional(),
	/** `none`: it was one, and is none here. */
	defect: z.enum(['stale', 'missing', 'trap', 'none']).optional(),
	defect_note: step.defect_note
});

const runbookChange = z
	.strictObject({
		/** What it is good for, for facilitators and the debrief. */
		kind: z.enum(['good', 'stale', 'trap']),
		/** A file under runbooks/ (without `.md`) that takes its place. */
		file: slug.optional(),
		name: text.optional(),
		updated: text.optional(),
		/** Steps that read otherwise, by id; fields as in a runbook. */
		steps: z.record(slug, stepChange).default({}),
		/** Steps that are not there, by id. */
		without: z.array(slug).default([])
	})
	.refine(
		({ file, updated, name, steps, without }) =>
			file !== undefined ||
			updated !== undefined ||
			name !== undefined ||
			without.length > 0 ||
			Object.keys(steps).length > 0,
		{ message: 'say what is different: `file`, `steps`, `without`, `name` or `updated`' }
	);

export const variantSchema = z
	.strictObject({
		id: slug,
		/** Free of spoilers: a host chooses by it. */
		title: text,
		/** What it is for, for facilitators. */
		note: text.optional(),
		/** Chance falls otherwise than under the same seed elsewhere. */
		seed_class: slug.optional(),
		/** Size of the system, as multiples: load of everything, replicas of every service. */
		topology: z.strictObject({ load: factor.default(1), replicas: factor.default(1) }).optional(),
		/** Who is on call instead. */
		on_call: z.array(onCallPerson).min(1).optional(),
		/** Another time of day, or another day. */
		clock: z
			.strictObject({
				start: clockTime,
				zone: text.optional(),
				/** The day's rhythm moves with the begin, so that there is as much traffic as the scenario was written for. */
				same_load: z.boolean().default(false)
			})
			.optional(),
		/** By runbook: `missing`, or what has become of it. */
		runbooks: z.record(slug, z.union([z.literal('missing'), runbookChange])).optional(),
		/**
		 * One more alert that has nothing to do with it: the CPU of a service that nobody needs here rises, and nobody suffers.
		 */
		extra_alert: z
			.strictObject({
				/** Takes part, or is one of the archetype. */
				service: slug,
				name: text.default('ServiceCpuElevated'),
				severity: z.enum(['critical', 'warning', 'info']).default('warning'),
				summary: text.optional()
			})
			.optional()
	})
	.refine((v) => ['seed_class', 'topology', 'on_call', 'clock', 'runbooks', 'extra_alert'].some((key) => key in v), {
		message: 'a variant changes something: seed_class, topology, on_call, clock, runbooks or extra_alert'
	});

export type VariantSpec = z.output<typeof variantSchema>;
export type RunbookChange = z.output<typeof runbookChange>;
export type StepChange = z.output<typeof stepChange>;

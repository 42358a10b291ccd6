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
	title: step.title.optional().meta(says('What it is called here.', 'Look at the release before this one')),
	kind: step.kind.optional().meta(says('As in a runbook.', 'manual')),
	command: step.command,
	runs: step.runs,
	text: text.optional().meta(says('What the step says here.', 'Ask whoever released it.')),
	defect: z
		.enum(['stale', 'missing', 'trap', 'none'])
		.optional()
		.meta(says('What is wrong with it here; `none`: it was wrong, and is right here.', 'none')),
	defect_note: step.defect_note
});

const runbookChange = z
	.strictObject({
		kind: z
			.enum(['good', 'stale', 'trap'])
			.meta(says('What it is good for, for facilitators and the debrief.', 'stale')),
		file: slug
			.optional()
			.meta(says('A file under runbooks/ (without `.md`) that takes its place.', 'high-error-rate-old')),
		name: text.optional().meta(says('Its name here.', 'Errors of the core API (2022)')),
		updated: text.optional().meta(says('When it was last looked at.', '2022-04-11')),
		steps: z
			.record(slug, stepChange)
			.default({})
			.meta(says('Steps that read otherwise, by id; fields as in a runbook.', { rollback: { defect: 'stale' } })),
		without: z
			.array(slug)
			.default([])
			.meta(says('Steps that are not there, by id.', ['rollback']))
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
		id: slug.meta(says('Its name.', 'old-runbook')),
		title: text.meta(says('Free of spoilers: a host chooses by it.', 'With the runbook of two years ago')),
		note: text.optional().meta(says('What it is for, for facilitators.', 'Whoever follows it loses five minutes.')),
		seed_class: slug.optional().meta(says('Chance falls otherwise than under the same seed elsewhere.', 'second')),
		topology: z
			.strictObject({
				load: factor.default(1).meta(says('Load of everything, as a multiple.', 1.5)),
				replicas: factor.default(1).meta(says('Replicas of every service, as a multiple.', 2))
			})
			.optional()
			.meta(says('Size of the system.', { load: 1.5 })),
		on_call: z.array(onCallPerson).min(1).optional().meta(says('Who is on call instead.')),
		clock: z
			.strictObject({
				start: clockTime.meta(says('Local date and time at which the run begins.', '2026-03-14T03:10')),
				zone: text.optional().meta(says('IANA time zone; the scenario’s own unless given.', 'Europe/Paris')),
				same_load: z
					.boolean()
					.default(false)
					.meta(
						says(
							'The day’s rhythm moves with the begin, so that there is as much traffic as the scenario was written for.',
							true
						)
					)
			})
			.optional()
			.meta(says('Another time of day, or another day.')),
		runbooks: z
			.record(slug, z.union([z.literal('missing'), runbookChange]))
			.optional()
			.meta(says('By runbook: `missing`, or what has become of it.', { 'high-error-rate': 'missing' })),
		extra_alert: z
			.strictObject({
				service: slug.meta(says('Takes part, or is one of the archetype.', 'worker')),
				name: text.default('ServiceCpuElevated').meta(says('Name of the alert.', 'ServiceCpuElevated')),
				severity: z
					.enum(['critical', 'warning', 'info'])
					.default('warning')
					.meta(says('Its label `severity`.', 'warning')),
				summary: text.optional().meta(says('Its summary.', 'The CPU of worker is well above its usual'))
			})
			.optional()
			.meta(
				says(
					'One more alert that has nothing to do with it: the CPU of a service that nobody needs here rises, and nobody suffers.',
					{ service: 'worker' }
				)
			)
	})
	.refine((v) => ['seed_class', 'topology', 'on_call', 'clock', 'runbooks', 'extra_alert'].some((key) => key in v), {
		message: 'a variant changes something: seed_class, topology, on_call, clock, runbooks or extra_alert'
	});

export type VariantSpec = z.output<typeof variantSchema>;
export type RunbookChange = z.output<typeof runbookChange>;
export type StepChange = z.output<typeof stepChange>;

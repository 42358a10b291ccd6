import { z } from 'zod';
import { parseSelector } from '../promql/index.ts';
import { effect, instrument, logLine } from './effect.schema.ts';
import { CAUSE_CATEGORIES } from '../incident/truth.ts';
import { PHASES } from '../incident/events/truth-events.ts';
import { COMMAND_ROLES } from '../incident/role.ts';
import { SEVERITIES } from '../incident/severity.ts';
import { onCallPerson, variantSchema } from './variant.schema.ts';
import {
	clockTime,
	condition,
	duration,
	durationOrZero,
	metricTarget,
	quantity,
	ratio,
	slug,
	text
} from './fields.schema.ts';

/**
 * The scenario file format, version 1. Everything an author writes is described here once: the loader validates with it,
 * the JSON Schema for editors and the authoring guide are generated from it. Output values are in base units
 * (milliseconds, ratios 0..1, bytes); conditions are parsed.
 */

const transition = z.strictObject({
	/** After this long in the state. */
	after: duration.optional(),
	/** As soon as this holds. */
	when: condition.optional(),
	to: slug
});

const faultState = z.strictObject({
	phase: z.enum(PHASES),
	/** What a facilitator reads about this state. */
	note: text.optional(),
	effects: z.array(effect).default([]),
	instruments: z.array(instrument).default([]),
	logs: z.array(logLine).default([]),
	next: z.array(transition).default([]),
	/** A mitigation carried out here leads there; beats the mitigation's own `to`. `same` stays. */
	on: z.record(slug, slug).default({})
});

const fault = z.strictObject({
	id: slug,
	initial: slug,
	/** When it enters its initial state; negative lies before the run, so that a leak can already be under way. */
	begins: durationOrZero.default(0),
	states: z.record(slug, faultState)
});

const change = z.strictObject({
	id: slug,
	/** Relative to the start of the run; negative lies before it. */
	at: durationOrZero,
	service: slug,
	kind: z.enum(['deploy', 'config', 'flag', 'migration', 'infra', 'campaign', 'schedule', 'dependency']),
	title: text,
	detail: text.default(''),
	by: text.default('CI'),
	/** A deploy splits traffic by version while it rolls out. */
	version: text.optional(),
	previous: text.optional(),
	rollout: durationOrZero.default(0),
	/** Share of pods that get the new version in the end (1 unless some stay behind). */
	share: ratio.default(1)
});

const alertSelector = z
	.string()
	.refine((value) => parseSelector(value).ok, 'expected a selector of alerts such as {severity="warning"}');
/** How alerts become pages, in Alertmanager's words. */
const alerting = z.strictObject({
	/** `["..."]` keeps each alert to itself. */
	group_by: z.array(z.string().min(1)).default(['alertname']),
	group_wait: durationOrZero.default(30_000),
	group_interval: duration.default(5 * 60_000),
	repeat_interval: duration.default(4 * 3_600_000),
	/** Alerts that page nobody. */
	quiet: z.array(alertSelector).default([]),
	inhibit: z
		.array(z.strictObject({ source: alertSelector, target: alertSelector, equal: z.array(z.string()).default([]) }))
		.default([])
});

const diagnostic = z.strictObject({
	id: slug,
	kind: z.enum([
		'dashboard',
		'logs',
		'trace',
		'profile',
		'deploy_history',
		'git_diff',
		'config_diff',
		'flag_audit',
		'kubectl',
		'sql',
		'shell',
		'dns',
		'tls',
		'network',
		'cache',
		'queue',
		'access_log',
		'cloud_audit',
		'alert_config',
		'synthetic',
		'vendor_status',
		'ticket',
		'chat',
		'calendar',
		'runbook',
		'email',
		'phone'
	]),
	/** As one would type it. */
	command: text,
	aliases: z.array(text).default([]),
	title: text,
	/** How long it takes to answer. */
	takes: durationOrZero.default(3_000),
	/** Whose view it lands in; everyone's where empty. */
	seats: z.array(z.enum(COMMAND_ROLES)).default([]),
	needs: condition.optional(),
	/** What it prints: the first entry whose `when` holds. Text may use `{{metric core-api.errors}}`, `{{time -4m}}` (from the begin of the run), `{{now -2m}}`, `{{state release}}`, `{{pod core-api 0}}`, `{{customer 1}}`. */
	shows: z.array(z.strictObject({ when: condition.optional(), text: text })).min(1),
	/** Which cause it speaks for; evidence is what a hypothesis can stand on. */
	proves: z.enum(['cause', 'trigger', 'impact', 'herring', 'context']).default('context')
});

const mitigation = z.strictObject({
	id: slug,
	name: text,
	command: text,
	aliases: z.array(text).default([]),
	kind: text,
	/** What it does, as a trainee reads it before trying; says nothing about whether it helps. */
	description: text,
	takes: durationOrZero,
	/** Who must agree first, by custom; shown, and asked for in the confirmation. */
	confirm: z.enum(COMMAND_ROLES).optional(),
	/** Only where it is physically impossible otherwise; `otherwise` is what the tool answers then. */
	needs: condition.optional(),
	otherwise: text.optional(),
	chance: ratio.default(1),
	verdict: z.enum(['effective', 'partial', 'ineffective', 'harmful']),
	/** Why, for the debrief. */
	why: text,
	/** Default target state per fault, from any state of `from` (any state unless given). */
	to: z.record(slug, slug).default({}),
	from: z.array(slug).default([]),
	/** Harm that customers do not feel as impact: lost data, money, evidence of an intrusion, trust in pages or in us. */
	harm: z.strictObject({ to: z.enum(['data', 'money', 'evidence', 'trust']), what: text }).optional(),
	/** Verdict where it differs by the state the fault is in. */
	verdict_in: z.record(slug, z.enum(['effective', 'partial', 'ineffective', 'harmful'])).default({}),
	/** Side effects while it runs, and once it is done. */
	during: z.array(effect).default([]),
	after: z.array(effect).default([]),
	/** Version that pods run afterwards. */
	deploys: z.strictObject({ service: slug, version: text, share: ratio.default(1) }).optional(),
	/** Pods of this service are restarted: their counters begin again. */
	restarts: slug.optional(),
	/** Pods are added or taken away. */
	scales: z.strictObject({ service: slug, by: z.number().int() }).optional(),
	/** What the tool prints when it is done. */
	prints: text
});

const inject = z
	.strictObject({
		id: slug,
		at: duration.optional(),
		when: condition.optional(),
		channel: z.enum([
			'page',
			'chat',
			'ticket',
			'exec',
			'phone',
			'social',
			'press',
			'vendor',
			'status_feed',
			'partner',
			'regulator',
			'email',
			'automation'
		]),
		from: text,
		text: text,
		/** The seat it is addressed to; the room where none. */
		to: z.enum(COMMAND_ROLES).optional(),
		/** Somebody waits for an answer. */
		asks: z.boolean().default(false),
		/** What a good team does with it, for the facilitator. */
		expected: text.default('')
	})
	.refine((i) => (i.at === undefined) !== (i.when === undefined), { message: 'an inject has either `at` or `when`' });

const policyStep = z
	.strictObject({
		/** Simulated time since the begin, or a condition; the step is done at the first moment it holds. */
		at: duration.optional(),
		when: condition.optional(),
		/** A command as people give it; ids of alerts are written as the alert's name. */
		do: z.record(z.string(), z.unknown())
	})
	.refine((s) => (s.at === undefined) !== (s.when === undefined), { message: 'a step has either `at` or `when`' });

export const scenarioSchema = z.strictObject({
	format: z.literal(1),
	id: slug,
	title: text,
	/** Free of spoilers: what a trainee reads before joining. */
	synopsis: text,
	class: text,
	also: z.array(text).default([]),
	tags: z.array(text).default([]),
	difficulty: z.number().int().min(1).max(5),
	severity: z.strictObject({
		level: z.enum(SEVERITIES),
		or_higher: z.boolean().default(false),
		note: text.default('')
	}),
	/** Limit of the run. */
	minutes: z.number().int().min(5).max(480),
	team: z.enum(['solo', 'pair', 'squad', 'multi-team']),
	/** Fictional local date and time at which the run begins, and its IANA time zone. */
	clock: z.strictObject({ start: clockTime, zone: text.default('Etc/UTC') }),
	skills: z.array(text).min(1),
	precedent: text.default(''),
	objectives: z.array(text).min(1).max(5),
	topology: z.strictObject({
		base: slug,
		/** Services of the archetype that take part. */
		services: z.array(slug).min(1),
		/** `caller>callee`; those of the archetype between the listed services unless given. */
		dependencies: z.array(text).optional(),
		/** Changes to services of the archetype, or new ones. Fields as in a topology file. */
		override: z.record(slug, z.record(z.string(), z.unknown())).default({})
	}),
	changes: z.array(change).default([]),
	faults: z.array(fault).min(1),
	/** Who suffers, and how much: share of users affected = factor × metric, counted from `floor` on. The worst counts. */
	impact: z
		.array(
			z.strictObject({
				metric: metricTarget,
				factor: z.number().positive().default(1),
				floor: quantity,
				full: quantity.optional()
			})
		)
		.min(1),
	users: z.number().int().positive(),
	/** Without it each alert pages by itself, at once. */
	alerting: alerting.optional(),
	cost: z
		.strictObject({
			currency: text.default('EUR'),
			per_minute: z.number().nonnegative(),
			productivity_per_hour: z.number().nonnegative().default(0),
			assumption: text
		})
		.optional(),
	slis: z
		.array(z.strictObject({ id: slug, name: text, metric: metricTarget, op: z.enum(['<', '>']), objective: quantity }))
		.min(1),
	diagnostics: z.array(diagnostic).min(1),
	mitigations: z.array(mitigation).min(1),
	injects: z.array(inject).default([]),
	/** Files under runbooks/ without `.md`, the ones on offer. */
	runbooks: z.array(slug).default([]),
	/** The system is restored when all hold; with the status set to resolved by people the run is won. */
	restored: z.array(condition).min(1),
	/** Graded at the end, beside restoration. */
	expectations: z.array(z.strictObject({ title: text, when: condition, by: duration.optional() })).default([]),
	truth: z.strictObject({
		root_cause: text,
		trigger: text,
		customers_see: text,
		whys: z
			.array(
				z.strictObject({
					question: text,
					answer: text,
					category: z.enum(CAUSE_CATEGORIES),
					root_cause: z.boolean().default(false)
				})
			)
			.min(3),
		red_herrings: z.array(text).default([]),
		/** What fires where nobody acts, in this order, each for the first time within its window from the begin of the run. */
		alerts: z
			.array(
				z.strictObject({
					name: text,
					service: text.optional(),
					from: durationOrZero.default(0),
					by: duration,
					/** Noise decides whether it comes before or after its neighbours. */
					any_order: z.boolean().optional()
				})
			)
			.default([]),
		/** The runbook that fits; none means the generic investigation. */
		runbook: slug.optional(),
		debrief: z.array(text).default([]),
		expected: z.strictObject({
			detection: duration.optional(),
			mitigation: duration.optional(),
			resolution: duration.optional(),
			roles: z.array(z.enum(COMMAND_ROLES)).default([]),
			status_updates: z.number().int().nonnegative().default(0),
			escalation: z.boolean().default(false)
		}),
		actions: z.array(z.strictObject({ title: text, owner: text, kind: z.enum(['prevent', 'detect']) })).default([])
	}),
	hints: z.array(text).min(1),
	role_cards: z
		.partialRecord(z.enum(COMMAND_ROLES), z.strictObject({ brief: text, knows: text.default('') }))
		.default({}),
	on_call: z.array(onCallPerson).default([]),
	facilitator_notes: text.default(''),
	/** The same lesson under other circumstances; every scenario has a few more without writing them. */
	variants: z.array(variantSchema).max(20).optional(),
	/** What an expert does, for proof and as the reference run. */
	ideal: z.array(policyStep).min(1)
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioFile = z.input<typeof scenarioSchema>;

export type FaultSpec = z.output<typeof fault>;
export type FaultStateSpec = z.output<typeof faultState>;
export type MitigationSpec = z.output<typeof mitigation>;
export type DiagnosticSpec = z.output<typeof diagnostic>;
export type InjectSpec = z.output<typeof inject>;
export type ChangeSpec = z.output<typeof change>;
export type OnCallSpec = z.output<typeof onCallPerson>;
export type PolicyStepSpec = z.output<typeof policyStep>;
export type { VariantSpec } from './variant.schema.ts';
export type { Effect, InstrumentSpec, LogLineSpec } from './effect.schema.ts';
export type { Runbook } from './runbook.schema.ts';
export type { Service, Topology } from './topology.schema.ts';

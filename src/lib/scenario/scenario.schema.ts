import { z } from 'zod';
import { parseSelector } from '../promql/index.ts';
import { effect, instrument, logLine } from './effect.schema.ts';
import { CAUSE_CATEGORIES } from '../incident/truth.ts';
import { PHASES } from '../incident/events/truth-events.ts';
import { COMMAND_ROLES } from '../incident/role.ts';
import { SEVERITIES } from '../incident/severity.ts';
import { INJECT_CHANNELS } from './channels.ts';
import { onCallPerson, variantSchema } from './variant.schema.ts';
import {
	clockTime,
	says,
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
	after: duration.optional().meta(says('Goes on after this long in the state.', '70s')),
	when: condition.optional().meta(says('Goes on as soon as this holds.', 'metric(core-api.errors) < 0.5% for 3m')),
	to: slug.meta(says('The state it goes to.', 'outage'))
});

const faultState = z.strictObject({
	phase: z
		.enum(PHASES)
		.meta(
			says(
				'How bad it is: latent is under way and not felt, contained still broken and bearable, lost beyond mending.',
				'degraded'
			)
		),
	note: text.optional().meta(says('What a facilitator reads about this state.', 'Retries add a third to the traffic.')),
	effects: z
		.array(effect)
		.default([])
		.meta(
			says(
				'What is different in this state. What another state moved and this one does not mention goes back to its baseline where all is well (`healthy`, `mitigated`, `resolved`), and stays as it was elsewhere.'
			)
		),
	instruments: z
		.array(instrument)
		.default([])
		.meta(says('What cannot be seen rightly in this state, while the system goes on.')),
	logs: z.array(logLine).default([]).meta(says('Lines that are written in this state.')),
	next: z.array(transition).default([]).meta(says('Ways out by themselves; the first that is true is taken.')),
	on: z
		.record(slug, slug)
		.default({})
		.meta(
			says(
				'Where a mitigation leads that is carried out in this state, by its id; beats the mitigation’s own `to`. `same` stays.',
				{ restart_api: 'same' }
			)
		)
});

const fault = z.strictObject({
	id: slug.meta(says('Its name in conditions: `state(release.outage)`.', 'release')),
	initial: slug.meta(says('The state it begins in.', 'healthy')),
	begins: durationOrZero
		.default(0)
		.meta(
			says(
				'When it enters its initial state, from the begin of the run; negative lies before, so that a leak can already be under way.',
				'-45m'
			)
		),
	states: z.record(slug, faultState).meta(says('Its states by their names.'))
});

const change = z.strictObject({
	id: slug.meta(says('Its name.', 'core-api-4180')),
	at: durationOrZero.meta(says('From the begin of the run; negative lies before it.', '-3m')),
	service: slug.meta(says('The service that was changed.', 'core-api')),
	kind: z
		.enum(['deploy', 'config', 'flag', 'migration', 'infra', 'campaign', 'schedule', 'dependency'])
		.meta(says('What kind of change it is.', 'deploy')),
	title: text.meta(says('As the list of changes shows it.', 'core-api 4.18.0')),
	detail: text.default('').meta(says('What its author says of it.', 'Prices carry their currency.')),
	by: text.default('CI').meta(says('Who made it.', 'CI for Tomasz Lis')),
	version: text
		.optional()
		.meta(
			says('The version that pods run afterwards; a deploy splits traffic by version while it rolls out.', '4.18.0')
		),
	previous: text.optional().meta(says('The version before.', '4.17.2')),
	rollout: durationOrZero.default(0).meta(says('How long the rollout takes.', '150s')),
	share: ratio
		.default(1)
		.meta(says('Share of pods that get the new version in the end; 1 unless some stay behind.', '75%'))
});

const alertSelector = z
	.string()
	.refine((value) => parseSelector(value).ok, 'expected a selector of alerts such as {severity="warning"}');
/** How alerts become pages, in Alertmanager's words. */
const alerting = z.strictObject({
	group_by: z
		.array(z.string().min(1))
		.default(['alertname'])
		.meta(
			says('Labels by which alerts are gathered into one page; `["..."]` keeps each to itself.', [
				'alertname',
				'service'
			])
		),
	group_wait: durationOrZero
		.default(30_000)
		.meta(says('How long a new group waits for others before it pages.', '30s')),
	group_interval: duration.default(5 * 60_000).meta(says('How long until a group that grew pages again.', '5m')),
	repeat_interval: duration.default(4 * 3_600_000).meta(says('How long until a group that goes on pages again.', '4h')),
	quiet: z
		.array(alertSelector)
		.default([])
		.meta(says('Alerts that page nobody.', ['{severity="warning"}'])),
	inhibit: z
		.array(
			z.strictObject({
				source: alertSelector.meta(says('While an alert like this fires …', '{alertname="DatabaseDown"}')),
				target: alertSelector.meta(says('… those like this page nobody …', '{severity="warning"}')),
				equal: z
					.array(z.string())
					.default([])
					.meta(says('… where these labels are the same.', ['region']))
			})
		)
		.default([])
		.meta(says('Alerts that keep others from paging.'))
});

const diagnostic = z.strictObject({
	id: slug.meta(says('Its name in `evidence(…)`.', 'errors_by_version')),
	kind: z
		.enum([
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
		])
		.meta(says('What kind of look it is; decides where it is offered.', 'dashboard')),
	command: text.meta(says('As one would type it.', 'errors core-api by version')),
	aliases: z
		.array(text)
		.default([])
		.meta(says('Other ways to type it.', ['errors by version'])),
	title: text.meta(says('What it shows, in words.', '5xx of core-api by version')),
	takes: durationOrZero.default(3_000).meta(says('How long it takes to answer.', '4s')),
	seats: z
		.array(z.enum(COMMAND_ROLES))
		.default([])
		.meta(says('Whose view it lands in; everyone’s where empty.', ['technical_lead'])),
	needs: condition.optional().meta(says('Only where it is impossible otherwise.', 'visited(outage)')),
	shows: z
		.array(
			z.strictObject({
				when: condition
					.optional()
					.meta(says('This entry is printed where it holds; always unless given.', 'action(rollback_api)')),
				text: text.meta(
					says(
						'May use `{{metric core-api.errors}}`, `{{time -4m}}` (from the begin of the run), `{{now -2m}}`, `{{state release}}`, `{{pod core-api 0}}`, `{{customer 1}}`.',
						'core-api now: {{metric core-api.errors}} of requests fail'
					)
				)
			})
		)
		.min(1)
		.meta(says('What it prints: the first entry whose `when` holds. End with one that has none.')),
	proves: z
		.enum(['cause', 'trigger', 'impact', 'herring', 'context'])
		.default('context')
		.meta(
			says(
				'What it speaks for. At least two must speak for the cause or its trigger, and the reference must win without any one of them.',
				'cause'
			)
		)
});

const mitigation = z.strictObject({
	id: slug.meta(says('Its name in `action(…)`.', 'rollback_api')),
	name: text.meta(says('As people read it.', 'Roll core-api back to the previous revision')),
	command: text.meta(says('As one would type it.', 'kubectl rollout undo deploy/core-api')),
	aliases: z
		.array(text)
		.default([])
		.meta(says('Other ways to type it.', ['rollback core-api'])),
	kind: text.meta(says('What kind of remedy it is; a word of your own.', 'rollback')),
	description: text.meta(
		says(
			'What it does, as a trainee reads it before trying; says nothing about whether it helps.',
			'Starts pods of the revision before and takes the present ones away.'
		)
	),
	takes: durationOrZero.meta(says('How long it takes.', '2m')),
	confirm: z
		.enum(COMMAND_ROLES)
		.optional()
		.meta(says('Who must agree first, by custom; shown, and asked for.', 'incident_commander')),
	needs: condition.optional().meta(says('Only where it is physically impossible otherwise.', 'state(outage)')),
	otherwise: text
		.optional()
		.meta(says('What the tool answers where `needs` does not hold.', 'There is no revision to go back to.')),
	chance: ratio.default(1).meta(says('How likely it is to work at all.', '80%')),
	verdict: z
		.enum(['effective', 'partial', 'ineffective', 'harmful'])
		.meta(says('Whether it helps, for the debrief and the score.', 'effective')),
	why: text.meta(says('Why it does or does not, for the debrief.', 'The errors live in 4.18.0 alone.')),
	to: z
		.record(slug, slug)
		.default({})
		.meta(says('Where it leads each fault, by its id.', { release: 'mitigated' })),
	from: z
		.array(slug)
		.default([])
		.meta(says('States in which it leads there; any unless given.', ['degraded', 'outage'])),
	harm: z
		.strictObject({
			to: z.enum(['data', 'money', 'evidence', 'trust']).meta(says('What is harmed.', 'trust')),
			what: text.meta(says('What is lost, in words.', 'Customers were told that it was over.'))
		})
		.optional()
		.meta(says('Harm that customers do not feel as impact.')),
	verdict_in: z
		.record(slug, z.enum(['effective', 'partial', 'ineffective', 'harmful']))
		.default({})
		.meta(says('Verdict where it differs by the state the fault is in.', { contained: 'harmful' })),
	during: z.array(effect).default([]).meta(says('What is different while it runs.')),
	after: z.array(effect).default([]).meta(says('What is different once it is done.')),
	deploys: z
		.strictObject({
			service: slug.meta(says('The service.', 'core-api')),
			version: text.meta(says('The version.', '4.17.2')),
			share: ratio.default(1).meta(says('Share of pods that get it.', '100%'))
		})
		.optional()
		.meta(says('The version that pods run afterwards.')),
	restarts: slug.optional().meta(says('Pods of this service are restarted: their counters begin again.', 'core-api')),
	scales: z
		.strictObject({
			service: slug.meta(says('The service.', 'core-api')),
			by: z.number().int().meta(says('How many more pods; negative for fewer.', 4))
		})
		.optional()
		.meta(says('Pods are added or taken away.')),
	prints: text.meta(says('What the tool prints when it is done.', 'deployment "core-api" successfully rolled out'))
});

const inject = z
	.strictObject({
		id: slug.meta(says('Its name.', 'support_ticket')),
		at: duration.optional().meta(says('When it comes, from the begin of the run. Either this or `when`.', '2m')),
		when: condition.optional().meta(says('Comes as soon as this holds.', 'action(rollback_api) and elapsed > 8m')),
		channel: z.enum(INJECT_CHANNELS).meta(says('How it comes.', 'ticket')),
		from: text.meta(says('Who writes; with `asks` also the name of the question.', 'Support')),
		text: text.meta(says('What they write.', 'Customers write that prices do not load. Is something up?')),
		to: z
			.enum(COMMAND_ROLES)
			.optional()
			.meta(says('The seat it is addressed to; the room where none.', 'communications_lead')),
		asks: z.boolean().default(false).meta(says('Somebody waits for an answer.', true)),
		expected: text
			.default('')
			.meta(
				says('What a good team does with it, for the facilitator.', 'Say that we know and are on it, without a guess.')
			)
	})
	.refine((i) => (i.at === undefined) !== (i.when === undefined), { message: 'an inject has either `at` or `when`' });

const policyStep = z
	.strictObject({
		at: duration.optional().meta(says('When it is done, from the begin of the run. Either this or `when`.', '3m')),
		when: condition.optional().meta(says('Done at the first moment this holds.', 'alert(HighErrorRate)')),
		do: z.record(z.string(), z.unknown()).meta(
			says('A command as people give it; ids of alerts are written as the alert’s name.', {
				type: 'acknowledgeAlert',
				alertId: 'HighErrorRate'
			})
		)
	})
	.refine((s) => (s.at === undefined) !== (s.when === undefined), { message: 'a step has either `at` or `when`' });

const playtest = z.strictObject({
	date: z.iso.date('expected a day such as 2026-03-10').meta(says('When.', '2026-03-10')),
	by: text.max(200).meta(says('By whom: a name or a team.', 'Platform team')),
	minutes: z.number().positive().max(480).meta(says('How long it took them.', 14))
});

export const scenarioSchema = z.strictObject({
	format: z.literal(1).meta(says('Version of this format.', 1)),
	id: slug.meta(says('Name of the scenario and of its folder.', 'high-error-rate-bad-deploy')),
	title: text.meta(says('As lists show it.', 'First page: errors climb')),
	synopsis: text.meta(
		says(
			'Free of spoilers: what a trainee reads before joining.',
			'Tuesday morning, half past ten. You are on call alone for a business API. The pager goes off.'
		)
	),
	class: text.meta(says('Kind of failure; a word of your own, by which the library groups.', 'change')),
	also: z
		.array(text)
		.default([])
		.meta(says('Further kinds.', ['dependency'])),
	tags: z
		.array(text)
		.default([])
		.meta(says('Words to find it by.', ['onboarding', 'solo'])),
	difficulty: z.number().int().min(1).max(5).meta(says('From 1, a first run, to 5.', 2)),
	severity: z
		.strictObject({
			level: z.enum(SEVERITIES).meta(says('As the classification says it.', 'P1')),
			or_higher: z.boolean().default(false).meta(says('A higher one is right as well.', false)),
			note: text
				.default('')
				.meta(says('Why, for the debrief.', 'The core API answers with errors for all customers alike.'))
		})
		.meta(says('What a well-run team settles on.')),
	minutes: z.number().int().min(5).max(480).meta(says('The run ends after so many minutes at the latest.', 15)),
	team: z
		.enum(['solo', 'pair', 'squad', 'multi-team'])
		.meta(
			says(
				'How many it is made for. Role cards it must have: the incident commander’s, of a pair also the technical lead’s, of more all four.',
				'solo'
			)
		),
	clock: z
		.strictObject({
			start: clockTime.meta(
				says('Local date and time at which the run begins; a page at 03:00 reads 03:00.', '2026-03-10T10:40')
			),
			zone: text.default('Etc/UTC').meta(says('IANA time zone.', 'Europe/Paris'))
		})
		.meta(says('The fictional beginning.')),
	skills: z
		.array(text)
		.min(1)
		.meta(says('What it practises.', ['roll back before finding the root cause'])),
	precedent: text
		.default('')
		.meta(
			says(
				'A real incident that it resembles.',
				'A package registry, July 2023: a release broke every download for a quarter of an hour.'
			)
		),
	objectives: z
		.array(text)
		.min(1)
		.max(5)
		.meta(says('What a team should come away with; one to five.', ['Ask first what changed'])),
	topology: z
		.strictObject({
			base: slug.meta(
				says('An archetype under scenarios/_topologies: shop, saas, stream, ledger, iot, platform.', 'saas')
			),
			services: z
				.array(slug)
				.min(1)
				.meta(
					says(
						'Services that take part: of the archetype (see *The systems*), and new ones that `override` describes.',
						['edge-lb', 'core-api', 'redis']
					)
				),
			dependencies: z
				.array(text)
				.optional()
				.meta(
					says(
						'Who calls whom, in place of what the archetype has between the listed services. A new one passes on 90 % of the errors and all of the latency.',
						['edge-lb>core-api']
					)
				),
			override: z
				.record(slug, z.record(z.string(), z.unknown()))
				.default({})
				.meta(
					says(
						'Changes to services of the archetype, or new ones: `kind` and `traffic` at least. Fields as in a topology file.',
						{
							'core-api': { replicas: 4 }
						}
					)
				)
		})
		.meta(says('The system that breaks.')),
	changes: z
		.array(change)
		.default([])
		.meta(says('What was changed before and during the run: the trigger, and innocent others.')),
	faults: z.array(fault).min(1).meta(says('What breaks, as state machines side by side.')),
	impact: z
		.array(
			z.strictObject({
				metric: metricTarget.meta(says('What those who suffer feel.', 'core-api.errors')),
				factor: z.number().positive().default(1).meta(says('How many users a whole of it stands for.', 1)),
				floor: quantity.meta(says('Below this nobody notices.', '1%')),
				full: quantity.optional().meta(says('From here on everybody suffers.', '20%'))
			})
		)
		.min(1)
		.meta(
			says(
				'Who suffers, and how much: share of users affected = factor × metric, counted from `floor` on. The worst counts.'
			)
		),
	users: z.number().int().positive().meta(says('How many use the system.', 48000)),
	alerting: alerting
		.optional()
		.meta(says('How alerts become pages, in Alertmanager’s words. Without it each alert pages by itself, at once.')),
	cost: z
		.strictObject({
			currency: text.default('EUR').meta(says('In which money.', 'EUR')),
			per_minute: z.number().nonnegative().meta(says('Lost per minute while everybody is affected.', 5600)),
			productivity_per_hour: z
				.number()
				.nonnegative()
				.default(0)
				.meta(says('Lost per hour of people who cannot work.', 900)),
			assumption: text.meta(says('Where the figure comes from.', 'Lost sales, in proportion to those affected.'))
		})
		.optional()
		.meta(says('What a minute costs, for the post-mortem.')),
	slis: z
		.array(
			z.strictObject({
				id: slug.meta(says('Its name.', 'availability')),
				name: text.meta(says('What is promised, in words.', 'The API answers without an error')),
				metric: metricTarget.meta(says('What it is measured by.', 'core-api.errors')),
				op: z.enum(['<', '>']).meta(says('On which side of the objective all is well.', '<')),
				objective: quantity.meta(says('The objective.', '1%'))
			})
		)
		.min(1)
		.meta(says('What is promised to customers.')),
	diagnostics: z.array(diagnostic).min(1).meta(says('What one can look at.')),
	mitigations: z
		.array(mitigation)
		.min(1)
		.meta(says('What one can do. At least one helps; at least one tempts and does not.')),
	injects: z.array(inject).default([]).meta(says('What people write in meanwhile.')),
	runbooks: z
		.array(slug)
		.default([])
		.meta(says('Files under runbooks/ without `.md`, the ones on offer.', ['high-error-rate'])),
	restored: z
		.array(condition)
		.min(1)
		.meta(
			says('The system is restored when all hold; with the status set to resolved by people the run is won.', [
				'metric(core-api.errors) < 0.5% for 3m'
			])
		),
	expectations: z
		.array(
			z.strictObject({
				title: text.meta(says('What is expected, in words.', 'An incident was declared')),
				when: condition.meta(
					says(
						'It is met as soon as this holds; where it forbids something (`not …`), if that has not happened by the end.',
						'declared'
					)
				),
				by: duration.optional().meta(says('Until when; the end of the run unless given.', '6m')),
				objective: z
					.int()
					.min(1)
					.optional()
					.meta(says('Which of the objectives it speaks to, counted from 1: that is rated by it.', 1))
			})
		)
		.default([])
		.meta(says('Graded at the end, beside restoration.')),
	truth: z
		.strictObject({
			root_cause: text.meta(
				says('Why it could happen at all.', '4.18.0 takes for granted that every account has a currency.')
			),
			trigger: text.meta(says('What set it off.', '4.18.0 was rolled out three minutes before.')),
			customers_see: text.meta(says('What those outside notice.', 'One API call in four answers HTTP 500.')),
			whys: z
				.array(
					z.strictObject({
						question: text.meta(says('The question.', 'Why did it reach everybody at once?')),
						answer: text.meta(says('The answer.', 'There is no canary step.')),
						category: z.enum(CAUSE_CATEGORIES).meta(says('What kind of cause it is.', 'process')),
						root_cause: z.boolean().default(false).meta(says('This is the root.', true))
					})
				)
				.min(3)
				.meta(says('The five whys, three at least; one of them is the root.')),
			red_herrings: z
				.array(text)
				.default([])
				.meta(says('What looks like a cause and is none.', ['The CPU of redis only follows the retries.'])),
			alerts: z
				.array(
					z.strictObject({
						name: text.meta(says('The alert.', 'HighErrorRate')),
						service: text.optional().meta(says('Its label `service`.', 'core-api')),
						from: durationOrZero.default(0).meta(says('Not before, from the begin of the run.', '2m')),
						by: duration.meta(says('Not after.', '7m')),
						any_order: z
							.boolean()
							.optional()
							.meta(says('Noise decides whether it comes before or after its neighbours.', true))
					})
				)
				.default([])
				.meta(says('What fires where nobody acts, in this order, each for the first time within its window.')),
			runbook: slug
				.optional()
				.meta(says('The runbook that fits; none means the generic investigation.', 'high-error-rate')),
			debrief: z
				.array(text)
				.default([])
				.meta(says('Questions for the debrief.', ['When did you know enough to roll back?'])),
			expected: z
				.strictObject({
					detection: duration.optional().meta(says('Until somebody has acknowledged or declared.', '4m')),
					mitigation: duration.optional().meta(says('Until customers are well again.', '7m')),
					resolution: duration
						.optional()
						.meta(says('Until it is resolved; the reference may take a quarter longer.', '11m')),
					roles: z
						.array(z.enum(COMMAND_ROLES))
						.default([])
						.meta(says('Seats that a good team fills.', ['incident_commander'])),
					status_updates: z.number().int().nonnegative().default(0).meta(says('How many updates at least.', 1)),
					escalation: z.boolean().default(false).meta(says('Whether somebody ought to be called in.', true))
				})
				.meta(says('What the reference should reach.')),
			actions: z
				.array(
					z.strictObject({
						title: text.meta(says('What is to be done.', 'Roll out to a few pods first')),
						owner: text.meta(says('By whom.', 'platform-team')),
						kind: z
							.enum(['prevent', 'detect'])
							.meta(says('So that it does not come again, or is seen sooner.', 'prevent'))
					})
				)
				.default([])
				.meta(says('What ought to follow.'))
		})
		.meta(says('What really happened; nobody sees it before the end.')),
	hints: z
		.array(text)
		.min(1)
		.meta(says('A ladder: each says a little more than the one before.', ['What changed shortly before?'])),
	role_cards: z
		.partialRecord(
			z.enum(COMMAND_ROLES),
			z.strictObject({
				brief: text.meta(says('What this seat does.', 'You decide and keep the overview.')),
				knows: text.default('').meta(says('What only this seat knows.', 'P1 pages everyone at once.'))
			})
		)
		.default({})
		.meta(says('What each seat is told.')),
	on_call: z.array(onCallPerson).default([]).meta(says('Who can be called. Somebody must be `primary`.')),
	facilitator_notes: text.default('').meta(says('How to run it.', 'Say nothing until the page is acknowledged.')),
	ideal: z.array(policyStep).min(1).meta(says('What an expert does, for proof and as the reference run.')),
	variants: z
		.array(variantSchema)
		.max(20)
		.optional()
		.meta(says('The same lesson under other circumstances; every scenario has a few more without writing them.')),
	playtested: z
		.array(playtest)
		.max(50)
		.optional()
		.meta(says('Who has played it, written by those who did. Proof by simulation is not proof that it teaches.'))
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
export type Playtest = z.output<typeof playtest>;
export type PolicyStepSpec = z.output<typeof policyStep>;
export type { VariantSpec } from './variant.schema.ts';
export type { Effect, InstrumentSpec, LogLineSpec } from './effect.schema.ts';
export type { Runbook } from './runbook.schema.ts';
export type { Service, Topology } from './topology.schema.ts';

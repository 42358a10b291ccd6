import { z } from 'zod';
import { says, duration, durationOrZero, metricTarget, quantity, ratio, slug, text } from './fields.schema.ts';

/** What a fault or a mitigation does to the system and to what can be seen of it. Output values are in base units. */

const SHAPES = {
	step: z
		.strictObject({
			from: quantity.optional().meta(says('Where it begins; where it is unless given.', '2%')),
			to: quantity.meta(says('Where it goes.', '35%'))
		})
		.meta(says('Jumps to a value at once.')),
	ramp: z
		.strictObject({
			from: quantity.optional().meta(says('Where it begins; where it is unless given.', '2%')),
			to: quantity.meta(says('Where it goes.', '35%')),
			over: duration.meta(says('In how long.', '60s'))
		})
		.meta(says('Goes to a value in a straight line, from where it is.')),
	leak: z
		.strictObject({
			from: quantity.optional().meta(says('Where it begins; where it is unless given.', '2%')),
			to: quantity.meta(says('Where it goes.', '35%')),
			over: duration.meta(says('In how long.', '60s'))
		})
		.meta(
			says(
				'Grows in a straight line and does not stop at `to`, until something is exhausted (memory is killed at 100 %).'
			)
		),
	saturate: z
		.strictObject({
			from: quantity.optional().meta(says('Where it begins; where it is unless given.', '2%')),
			to: quantity.meta(says('Where it goes.', '35%')),
			over: duration.meta(says('In how long.', '60s'))
		})
		.meta(says('Rises quickly, then ever more slowly, towards a value; 95 % of the way after `over`.')),
	decay: z
		.strictObject({
			from: quantity.optional().meta(says('Where it begins; where it is unless given.', '2%')),
			to: quantity.meta(says('Where it goes.', '35%')),
			over: duration.meta(says('In how long.', '60s'))
		})
		.meta(says('Falls off exponentially towards a value; 95 % of the way after `over`.')),
	spike: z
		.strictObject({
			to: quantity.meta(says('Where it goes.', '35%')),
			over: duration.meta(says('In how long.', '60s'))
		})
		.meta(says('Jumps up and falls back to where it was within `over`.')),
	sawtooth: z
		.strictObject({
			low: quantity.meta(says('The lower value.', '10%')),
			high: quantity.meta(says('The upper value.', '80%')),
			every: duration.meta(says('How long one round takes.', '2m'))
		})
		.meta(says('Climbs from `low` to `high` and drops, again and again.')),
	oscillate: z
		.strictObject({
			low: quantity.meta(says('The lower value.', '10%')),
			high: quantity.meta(says('The upper value.', '80%')),
			every: duration.meta(says('How long one round takes.', '2m'))
		})
		.meta(says('Swings between two values.')),
	flap: z
		.strictObject({
			low: quantity.meta(says('The lower value.', '10%')),
			high: quantity.meta(says('The upper value.', '80%')),
			every: duration.meta(says('How long one round takes.', '2m')),
			on: ratio.default(0.5).meta(says('Share of every round in which it is on.', '50%'))
		})
		.meta(says('On for a part of every period, off for the rest.')),
	jitter: z
		.strictObject({
			around: quantity.meta(says('The middle.', '30%')),
			by: quantity.meta(says('How far it strays.', '10%'))
		})
		.meta(says('Erratic around a value.')),
	cascade: z
		.strictObject({
			from: metricTarget.meta(says('The metric it follows.', 'main-db.latency')),
			share: z.number().min(0).max(10).meta(says('How much of it arrives.', 0.8)),
			delay: durationOrZero.default(0).meta(says('After how long.', '30s'))
		})
		.meta(says("Follows another service's same metric, or the one named, with attenuation and delay.")),
	flatline: z
		.strictObject({ at: quantity.meta(says('The value.', '42%')) })
		.meta(says('Frozen at a value, without noise.')),
	accumulate: z
		.strictObject({ per_minute: quantity.meta(says('How much per minute.', 120)) })
		.meta(says('Counts harm: rises for ever by so much per minute.'))
};

export const effect = z
	.strictObject({
		metric: metricTarget.meta(
			says(
				'What is moved: `service.metric`, or a part of it: `service[version=…].metric`, `service[endpoint=…].metric`.',
				'core-api[version=4.18.0].errors'
			)
		),
		step: SHAPES.step.optional(),
		ramp: SHAPES.ramp.optional(),
		leak: SHAPES.leak.optional(),
		saturate: SHAPES.saturate.optional(),
		decay: SHAPES.decay.optional(),
		spike: SHAPES.spike.optional(),
		sawtooth: SHAPES.sawtooth.optional(),
		oscillate: SHAPES.oscillate.optional(),
		flap: SHAPES.flap.optional(),
		jitter: SHAPES.jitter.optional(),
		cascade: SHAPES.cascade.optional(),
		flatline: SHAPES.flatline.optional(),
		accumulate: SHAPES.accumulate.optional(),
		failing: z
			.enum(['fast', 'slow'])
			.optional()
			.meta(
				says(
					'For `errors`: do failing requests return at once, or hang until they time out, after 10 to 30 s? How callers fail is said with their own `errors`.',
					'fast'
				)
			)
	})
	.refine((e) => Object.keys(e).filter((k) => k in SHAPES && e[k as keyof typeof e] !== undefined).length === 1, {
		message: `an effect has exactly one shape: ${Object.keys(SHAPES).join(', ')}`
	});

/** A broken instrument: truth goes on, what can be seen of it does not. */
export const instrument = z.strictObject({
	family: text.optional().meta(says('The metric family; all of the service unless given.', 'http_requests_total')),
	service: slug.optional().meta(says('The service; all unless given.', 'core-api')),
	mode: z
		.enum(['absent', 'stale', 'frozen', 'late', 'scaled'])
		.meta(says('How it is broken: gone, too old, standing still, late, or wrong by a factor.', 'absent')),
	by: z.number().optional().meta(says('For `late` seconds, for `scaled` the factor.', 100))
});

export const logLine = z.strictObject({
	service: slug.meta(says('Who writes it.', 'core-api')),
	level: z.enum(['debug', 'info', 'warn', 'error', 'fatal']).meta(says('How loud.', 'error')),
	message: text.meta(
		says(
			'`{customer}`, `{request}`, `{host}`, `{endpoint}`, `{version}`, `{ms}`, `{n}` are filled in.',
			'unhandled exception in {endpoint}'
		)
	),
	of_errors: ratio
		.optional()
		.meta(says('Share of the service’s failing requests that write this line. Either this or `per_minute`.', 0.97)),
	per_minute: z.number().positive().optional().meta(says('Lines per minute.', 12)),
	version: text.optional().meta(says('Only pods of this version write it.', '4.18.0')),
	fields: z
		.record(z.string(), z.string())
		.default({})
		.meta(says('Further fields.', { 'error.type': 'NullCurrency' })),
	stack: z
		.array(text)
		.default([])
		.meta(says('Lines of a stack trace.', ['NullCurrency: account.currency is null']))
});

export type Effect = z.output<typeof effect>;
export type InstrumentSpec = z.output<typeof instrument>;
export type LogLineSpec = z.output<typeof logLine>;

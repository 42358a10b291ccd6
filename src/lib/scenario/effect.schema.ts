import { z } from 'zod';
import { duration, durationOrZero, metricTarget, quantity, ratio, slug, text } from './fields.schema.ts';

/** What a fault or a mitigation does to the system and to what can be seen of it. Output values are in base units. */

const SHAPES = {
	/** Jumps to a value at once. */
	step: z.strictObject({ from: quantity.optional(), to: quantity }),
	/** Goes to a value in a straight line, from where it is. */
	ramp: z.strictObject({ from: quantity.optional(), to: quantity, over: duration }),
	/** Grows in a straight line and does not stop at `to`, until something is exhausted (memory is killed at 100 %). */
	leak: z.strictObject({ from: quantity.optional(), to: quantity, over: duration }),
	/** Rises quickly, then ever more slowly, towards a value; 95 % of the way after `over`. */
	saturate: z.strictObject({ from: quantity.optional(), to: quantity, over: duration }),
	/** Falls off exponentially towards a value; 95 % of the way after `over`. */
	decay: z.strictObject({ from: quantity.optional(), to: quantity, over: duration }),
	/** Jumps up and falls back to where it was within `over`. */
	spike: z.strictObject({ to: quantity, over: duration }),
	/** Climbs from `low` to `high` and drops, again and again. */
	sawtooth: z.strictObject({ low: quantity, high: quantity, every: duration }),
	/** Swings between two values. */
	oscillate: z.strictObject({ low: quantity, high: quantity, every: duration }),
	/** On for a part of every period, off for the rest. */
	flap: z.strictObject({ low: quantity, high: quantity, every: duration, on: ratio.default(0.5) }),
	/** Erratic around a value. */
	jitter: z.strictObject({ around: quantity, by: quantity }),
	/** Follows another service's same metric, or the one named, with attenuation and delay. */
	cascade: z.strictObject({ from: metricTarget, share: z.number().min(0).max(10), delay: durationOrZero.default(0) }),
	/** Frozen at a value, without noise. */
	flatline: z.strictObject({ at: quantity }),
	/** Counts harm: rises for ever by so much per minute. */
	accumulate: z.strictObject({ per_minute: quantity })
};

export const effect = z
	.strictObject({
		/** `service.metric` or `service[label=value].metric`. */
		metric: metricTarget,
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
		/** For `errors`: do failing requests return at once, or hang until they time out? */
		failing: z.enum(['fast', 'slow']).optional()
	})
	.refine((e) => Object.keys(e).filter((k) => k in SHAPES && e[k as keyof typeof e] !== undefined).length === 1, {
		message: `an effect has exactly one shape: ${Object.keys(SHAPES).join(', ')}`
	});

/** A broken instrument: truth goes on, what can be seen of it does not. */
export const instrument = z.strictObject({
	family: text.optional(),
	service: slug.optional(),
	mode: z.enum(['absent', 'stale', 'frozen', 'late', 'scaled']),
	by: z.number().optional()
});

export const logLine = z.strictObject({
	service: slug,
	level: z.enum(['debug', 'info', 'warn', 'error', 'fatal']),
	/** Template: `{customer}`, `{request}`, `{host}`, `{endpoint}`, `{version}`, `{ms}`, `{n}` are filled in by key. */
	message: text,
	/** Share of the service's failing requests that write this line; or lines per minute. One of the two. */
	of_errors: ratio.optional(),
	per_minute: z.number().positive().optional(),
	version: text.optional(),
	fields: z.record(z.string(), z.string()).default({}),
	stack: z.array(text).default([])
});

export type Effect = z.output<typeof effect>;
export type InstrumentSpec = z.output<typeof instrument>;
export type LogLineSpec = z.output<typeof logLine>;

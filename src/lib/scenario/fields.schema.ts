import { z } from 'zod';
import type { Condition, MetricTarget } from './condition.ts';
import { parseCondition } from './condition-parser.ts';
import { respelled } from './respelled.ts';
import { parseBytes, parseDuration, parseMetricTarget, parseQuantity, parseRatio } from './units.ts';

const LONGEST_AMOUNT = 200;
const LONGEST_CONDITION = 2_000;

/** Reads a written value with `parse`; what cannot be read becomes an issue at its place, with the way to mend it. */
function written<T>(expected: string, parse: (text: string) => T | null) {
	// Longer texts are no amount, and reading them would take its time.
	const short = z.string().max(LONGEST_AMOUNT, `expected ${expected}`);
	return z.union([short, z.number()], { error: `expected ${expected}` }).transform((value, context): T => {
		const parsed = parse(String(value));
		if (parsed === null) {
			const near = respelled(String(value), (text) => parse(text) !== null);
			const meant = near === null ? `expected ${expected}` : `did you mean ${near}?`;
			context.addIssue({ code: 'custom', message: `cannot read "${value}": ${meant}` });
			return z.NEVER;
		}
		return parsed;
	});
}

export const text = z.string().min(1).max(20_000);
export const slug = z
	.string()
	.regex(/^[a-z0-9][a-z0-9_-]*$/, 'expected small letters, digits, - and _')
	.max(80)
	.meta({ id: 'Slug', description: 'Small letters, digits, - and _' });
/** `90s`, `3m`, `1h30m`, `-45m`; milliseconds. */
export const duration = written<number>('a duration such as 90s, 3m, 1h30m', parseDuration).meta({
	id: 'Duration',
	description: 'A duration: 90s, 3m, 1h30m, 250ms'
});
export const durationOrZero = written<number>('a duration such as 0s, 90s, -45m', parseDuration).meta({
	id: 'Offset',
	description: 'A duration that may be zero or negative: 0s, 90s, -45m'
});
/** `9%`, `0.09`; a ratio 0..1. */
export const ratio = written<number>('a share such as 9% or 0.09', parseRatio).meta({
	id: 'Share',
	description: 'A share: 9% or 0.09'
});
/** `9%`, `420ms`, `2s`, `14`, `1.5GiB`; base unit (ratio, milliseconds, bytes, plain number). */
export const quantity = written<number>('a quantity such as 9%, 420ms, 14 or 2GiB', parseQuantity).meta({
	id: 'Quantity',
	description: 'A quantity: 9%, 420ms, 14, 2GiB'
});
export const bytes = written<number>('a size such as 512MiB or 2GiB', parseBytes).meta({
	id: 'Size',
	description: 'A size: 512MiB, 2GiB'
});
/** `core-api.errors`, `core-api[version=4.18.0].errors`. */
export const metricTarget = written<MetricTarget>(
	'a metric such as core-api.errors or core-api[version=4.18.0].errors',
	parseMetricTarget
).meta({ id: 'Metric', description: 'A metric of a service: core-api.errors, core-api[version=4.18.0].errors' });
/** `2026-03-10T10:40` or `10:40`. */
export const clockTime = z
	.string()
	.regex(/^(\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}(:\d{2})?$/, 'expected a time such as 10:40 or 2026-03-10T10:40')
	.meta({ id: 'Time', description: '10:40, or with its day 2026-03-10T10:40' });

export const condition = z
	.string()
	.max(LONGEST_CONDITION, 'a condition this long cannot be meant: split it')
	.transform((value, context): Condition => {
		const parsed = parseCondition(value);
		if (!parsed.ok) {
			context.addIssue({ code: 'custom', message: parsed.message, params: { offset: parsed.offset } });
			return z.NEVER;
		}
		return parsed.condition;
	})
	.meta({
		id: 'Condition',
		description:
			'A condition: metric(core-api.errors) < 0.5% for 3m, state(fault.state), visited(state), action(mitigation), evidence(diagnostic), elapsed > 8m, clock >= 06:00, severity == P1, role(incident_commander), comms(status_page) >= 1, declared, status == resolved, alert(Name), acknowledged(Name), answered(inject), handoff_complete; joined with and, or, not, parentheses'
	});

/**
 * What is said of a field, for editors and the authoring guide: what it is for, and an example as an author writes it. A field
 * that only holds others needs none: theirs make it up.
 */
export function says(description: string, ...examples: unknown[]): { description: string; examples?: unknown[] } {
	return examples.length > 0 ? { description, examples } : { description };
}

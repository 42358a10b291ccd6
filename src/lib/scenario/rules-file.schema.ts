import { z } from 'zod';
import { parseDuration } from './units.ts';

/**
 * The shape of a Prometheus rule file. Only the structure is checked here; expressions and templates are the promql
 * room's to read.
 */

const prometheusDuration = z
	.union([z.string(), z.literal(0)], { error: 'expected a duration such as 30s or 2m' })
	.transform(String)
	.refine(
		(value) => /^(0|(\d+(ms|s|m|h|d|w|y))+)$/.test(value) && (value.endsWith('y') || parseDuration(value) !== null),
		{
			error: 'expected a duration such as 30s or 2m'
		}
	);
const labels = z.record(
	z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected a label name: letters, digits and _'),
	z.string()
);
const expression = z
	.union([z.string().min(1), z.number()], { error: 'expected a PromQL expression' })
	.transform(String);

const rule = z
	.strictObject({
		alert: z.string().min(1).optional(),
		record: z
			.string()
			.regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'expected a metric name such as job:errors:ratio_rate5m')
			.optional(),
		expr: expression,
		for: prometheusDuration.optional(),
		keep_firing_for: prometheusDuration.optional(),
		labels: labels.optional(),
		annotations: labels.optional()
	})
	.refine((rule) => (rule.alert === undefined) !== (rule.record === undefined), {
		error: 'a rule has either `alert` or `record`'
	})
	.refine((rule) => rule.record === undefined || (rule.for ?? rule.keep_firing_for ?? rule.annotations) === undefined, {
		error: 'a recording rule has no `for`, `keep_firing_for` or `annotations`'
	});

export const rulesFileSchema = z.strictObject({
	groups: z
		.array(
			z.strictObject({
				name: z.string().min(1),
				interval: prometheusDuration.optional(),
				limit: z.number().int().nonnegative().optional(),
				query_offset: prometheusDuration.optional(),
				labels: labels.optional(),
				rules: z.array(rule)
			})
		)
		.refine((groups) => new Set(groups.map((group) => group.name)).size === groups.length, {
			error: 'group names must differ'
		})
});

import { describe, expect, it } from 'vitest';
import { compileRules, type KnownMetrics } from '../index.ts';
import { lintRule } from './rule.ts';

const known: KnownMetrics = {
	names: new Set(['requests_total', 'errors_total', 'queue_length']),
	labels: (name) => (name === 'queue_length' ? new Set(['queue', 'job']) : undefined),
	type: (name) => (name === 'queue_length' ? 'gauge' : 'counter')
};

/** What is remarked of an alert, as `code at "text it is about"`. */
function remarks(
	expr: string,
	annotations: Record<string, string> = {},
	labels: Record<string, string> = {}
): string[] {
	const compiled = compileRules({ groups: [{ name: 'g', rules: [{ alert: 'A', expr, annotations, labels }] }] });
	if (!compiled.ok) throw new Error(compiled.error.message);
	const [rule] = compiled.value.rules;
	if (!rule) throw new Error('no rule');
	return lintRule(rule, { scrapeIntervalMs: 15_000, known }).map(({ code, field, start, end }) => {
		const text = field === 'expr' ? expr : (annotations[field.slice(12)] ?? labels[field.slice(7)] ?? '');
		return `${code} at ${text.slice(start, end)}`;
	});
}

const ratio = 'sum by (service) (rate(errors_total[5m])) / sum by (service) (rate(requests_total[5m]))';

describe('expressions', () => {
	it.each([
		['rate(errors_total[5m]) > 0.05', ['rate_as_ratio at rate(errors_total[5m]) > 0.05']],
		['0.05 < sum(rate(errors_total[5m]))', ['rate_as_ratio at 0.05 < sum(rate(errors_total[5m]))']],
		['sum(rate(errors_total[5m])) > 14.4 * 0.001', ['rate_as_ratio at sum(rate(errors_total[5m])) > 14.4 * 0.001']],
		[`${ratio} > 0.05`, []],
		['rate(errors_total[5m]) > 5', []],
		['rate(cpu_seconds_total[5m]) > 0.9', ['unknown_metric at cpu_seconds_total']],
		['increase(errors_total[5m]) > 0.5', []],
		['queue_length > 0.5', []],
		['rate(requests_total[15s]) > 5', ['range_too_short at requests_total[15s]']],
		['rate(requests_total[30s]) > 5', []],
		['rate(queue_length[5m]) > 5', ['not_a_counter at queue_length[5m]']],
		['queue_length{name="x"} > 5', ['unknown_label at queue_length{name="x"}']],
		['queue_length{name!="x"} > 5', []],
		['queue_length', ['always_fires at queue_length']],
		['sum(queue_length) + 1', ['always_fires at sum(queue_length) + 1']],
		['queue_length > bool 5', ['always_fires at queue_length > bool 5']],
		['absent(queue_length)', []],
		['queue_length unless requests_total', []],
		['vector(1)', []],
		['sum(queue_length > 5)', []],
		['queue_length > 5 or requests_total', ['always_fires at queue_length > 5 or requests_total']]
	])('%s', (expr, expected) => expect(remarks(expr)).toEqual(expected));
});

describe('labels that an expression can carry', () => {
	const said = (expr: string) => remarks(expr, { a: '{{ $labels.queue }}' }).filter((one) => one.startsWith('label_'));
	const gone = ['label_not_carried at $labels.queue'];

	it.each([
		['queue_length > 5', []],
		['requests_total > 5', []],
		['requests_total{queue=""} > 5', gone],
		['sum(queue_length) > 5', gone],
		['sum by (queue) (queue_length) > 5', []],
		['sum by (job) (queue_length) > 5', gone],
		['sum without (queue) (queue_length) > 5', gone],
		['topk(3, queue_length) > 5', []],
		['count_values("queue", queue_length) > 5', []],
		['label_replace(sum(queue_length), "queue", "x", "", "") > 5', []],
		['absent(queue_length{queue="a"})', []],
		['absent(queue_length{queue=~"a"})', gone],
		['queue_length / on (job) requests_total > 5', gone],
		['queue_length / on (job) group_left requests_total > 5', []],
		['sum(requests_total) > on () group_right queue_length', []],
		['sum by (job) (queue_length) * on (job) group_left (queue) requests_total > 5', []],
		['queue_length and on (job) requests_total > 5', []],
		['sum(queue_length) or queue_length > 5', []],
		['scalar(queue_length) > bool vector(5)', gone]
	])('%s', (expr, expected) => expect(said(expr)).toEqual(expected));

	it('are those of the expression, not those that the rule adds', () => {
		expect(
			remarks('sum(queue_length) > 5', { a: '{{ $labels.team }} {{ .Labels.alertname }}' }, { team: 'x' })
		).toEqual(['label_not_carried at $labels.team', 'label_not_carried at .Labels.alertname']);
	});
});

describe('templates', () => {
	it.each([
		['{{ range query "up{a=\'{{ $labels.a }}\'}" }}x{{ end }}', ['nested_template at "up{a=\'{{ $labels.a }}\'}"']],
		['{{ range query "requests_total" }}{{ .metric.a }}{{ end }}', ['unknown_field at .metric.a']],
		['{{ with query "requests_total" | first }}{{ .Value }}{{ .Lables.a }}{{ end }}', ['unknown_field at .Lables.a']],
		['{{ range query "requests_total" }}{{ .Labels.anything }}{{ end }}', []],
		['{{ range query "sum(" }}x{{ end }}', ['template_query at "sum("']],
		['{{ range query "nobody_has_it" }}x{{ end }}', ['unknown_metric at nobody_has_it']],
		['{{ range query (printf "nobody_has_it{a=\'%s\'}" $labels.a) }}x{{ end }}', ['unknown_metric at nobody_has_it']],
		['{{ $value | printf "%.0f" }} slices', []]
	])('%s', (text, expected) => expect(remarks('requests_total > 5', { a: text })).toEqual(expected));

	it('print a share as a percentage, and not a number per second', () => {
		expect(remarks('rate(errors_total[5m]) > 5', { a: '{{ $value | humanizePercentage }}' })).toEqual([
			'rate_as_percentage at $value | humanizePercentage'
		]);
		expect(remarks(`${ratio} > 0.05`, { a: '{{ $value | humanizePercentage }}' })).toEqual([]);
	});
});

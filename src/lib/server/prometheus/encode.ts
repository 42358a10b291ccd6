// Answers as Prometheus' JSON, byte by byte what its clients expect. Runs in the query workers.

import { exhaustive } from '../../incident/exhaustive.ts';
import { formatAnnotation, type Evaluation, type Labels, type Value } from '../../promql/index.ts';
import type { Answers, Ask, Exemplar, Outcome } from '../queries/ask.ts';
import { formatValue } from '../queries/exposition.ts';
import { envelopeOf, errorOf } from './envelope.ts';
import { targetOf } from './targets.ts';

/** The whole body of an answer. What failed has its error type; the HTTP status follows from that. */
export function encodeOutcome(ask: Ask, outcome: Outcome<unknown>): Uint8Array {
	const envelope = outcome.ok ? success(ask, outcome.value) : errorOf(outcome);
	return new TextEncoder().encode(typeof envelope === 'string' ? envelope : JSON.stringify(envelope));
}

const TRUNCATED = ['results truncated due to limit'];

/** `value` is what `ask` is answered with. */
function success(ask: Ask, value: unknown): object | string {
	switch (ask.type) {
		case 'instant':
		case 'range': {
			const { value: result, annotations } = value as Evaluation;
			const said = (level: 'warning' | 'info') =>
				annotations.filter((one) => one.level === level).map((one) => formatAnnotation(one));
			return envelopeOf(dataOf(result), { warnings: said('warning'), infos: said('info') });
		}
		case 'instants':
			return envelopeOf(
				(value as Answers['instants']).map(({ outcome }) =>
					outcome.ok ? dataOf(outcome.value.value) : errorOf(outcome)
				)
			);
		case 'series': {
			const { series, truncated } = value as Answers['series'];
			return envelopeOf(series.map(sorted), { warnings: truncated ? TRUNCATED : [] });
		}
		case 'labels': {
			const { names, truncated } = value as Answers['labels'];
			return envelopeOf(names, { warnings: truncated ? TRUNCATED : [] });
		}
		case 'labelValues': {
			const { values, truncated } = value as Answers['labelValues'];
			return envelopeOf(values, { warnings: truncated ? TRUNCATED : [] });
		}
		case 'metadata': {
			const families = value as Answers['metadata'];
			return envelopeOf(
				Object.fromEntries(families.map(({ name, type, help, unit }) => [name, [{ type, help, unit }]]))
			);
		}
		case 'exposition':
			return value as string;
		case 'exemplars':
			return envelopeOf(
				(value as Answers['exemplars']).map(({ seriesLabels, exemplars }) => ({
					seriesLabels: sorted(seriesLabels),
					exemplars: exemplars.map(exemplarOf)
				}))
			);
		case 'targets':
			return envelopeOf({
				activeTargets: (value as Answers['targets']).map(targetOf),
				droppedTargets: [],
				droppedTargetCounts: {}
			});
		case 'format':
		case 'parse':
			return envelopeOf(value);
		default:
			return exhaustive(ask);
	}
}

/** `resultType` and `result` of a query. Times are seconds, values are texts. */
function dataOf(value: Value): object {
	switch (value.type) {
		case 'scalar':
			return { resultType: 'scalar', result: [value.timeMs / 1000, formatValue(value.value)] };
		case 'string':
			return { resultType: 'string', result: [value.timeMs / 1000, value.value] };
		case 'vector':
			return {
				resultType: 'vector',
				result: value.samples.map((sample) => ({
					metric: sorted(sample.labels),
					value: [sample.timeMs / 1000, formatValue(sample.value)]
				}))
			};
		case 'matrix':
			return {
				resultType: 'matrix',
				result: value.series.map(({ labels, times, values }) => ({
					metric: sorted(labels),
					values: times.map((timeMs, at) => [timeMs / 1000, formatValue(values[at] ?? NaN)])
				}))
			};
		default:
			return exhaustive(value);
	}
}

function exemplarOf({ labels, value, timeMs }: Exemplar): object {
	return { labels, value: formatValue(value), timestamp: timeMs / 1000 };
}

/** Labels in order of their names, as Prometheus writes them. */
function sorted(labels: Labels): Labels {
	return Object.fromEntries(
		Object.keys(labels)
			.filter((name) => labels[name] !== '')
			.sort()
			.map((name) => [name, labels[name] ?? ''])
	);
}

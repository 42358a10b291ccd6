import type { MetricTarget } from '../scenario/condition.ts';

/** `service.metric`, or `service[label=value,…].metric` with labels in order of the alphabet: the name of a curve. */
export function metricKey(target: MetricTarget): string {
	const labels = Object.keys(target.where).sort();
	if (labels.length === 0) return `${target.service}.${target.metric}`;
	return `${target.service}[${labels.map((label) => `${label}=${target.where[label]}`).join(',')}].${target.metric}`;
}

/** The target that a key of `metricKey` names. Throws on anything else: keys are made here. */
export function parseMetricKey(key: string): MetricTarget {
	const bracket = key.indexOf('[');
	const dot = key.lastIndexOf('.');
	if (dot < 0) throw new Error(`not a metric key: ${key}`);
	const where: Record<string, string> = {};
	if (bracket >= 0) {
		for (const pair of key.slice(bracket + 1, key.lastIndexOf(']')).split(',')) {
			const at = pair.indexOf('=');
			where[pair.slice(0, at)] = pair.slice(at + 1);
		}
	}
	return { service: key.slice(0, bracket >= 0 ? bracket : dot), where, metric: key.slice(dot + 1) };
}

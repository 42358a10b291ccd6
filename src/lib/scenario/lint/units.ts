import type { MetricTarget } from '../condition.ts';
import type { YamlPath } from '../yaml-source.ts';
import type { Findings } from './context.ts';
import { allConditions, allEffects, allStates, leaves } from './names.ts';

/** Metrics that are shares, 0..1. */
const SHARES: readonly string[] = [
	'errors',
	'cpu',
	'mem',
	'disk',
	'disk_io',
	'hit_ratio',
	'up',
	'dns_errors',
	'tls_errors',
	'pkt_loss'
];
/** Metrics that are times. */
const TIMES: readonly string[] = ['latency', 'queue_age', 'gc_pause', 'lag'];
/** Metrics that count things. */
const COUNTS: readonly string[] = ['conns', 'pool_avail', 'threads', 'fds', 'queue_depth', 'replicas', 'ready'];
export const METRICS_WITH_UNIT: readonly string[] = [...SHARES, ...TIMES, ...COUNTS];

/** What a metric is measured in; null for what has no unit of its own. */
export function unitOf(metric: string): 'share' | 'time' | 'count' | null {
	if (SHARES.includes(metric)) return 'share';
	if (TIMES.includes(metric)) return 'time';
	return COUNTS.includes(metric) ? 'count' : null;
}

/** Fields of an effect's shape that hold an amount of its metric. */
const AMOUNTS = ['from', 'to', 'low', 'high', 'around', 'by', 'at'];

/** Amounts are written in a unit of their metric, and no time runs backwards. */
export function checkUnits(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const amount = ({ service, metric }: MetricTarget, value: number, path: YamlPath) => {
		const found = misfit(`${service}.${metric}`, metric, value, writtenAt(source.value, path));
		if (found !== null) findings.warning(source, path, 'unit', found);
	};
	for (const { effect, path } of allEffects(scenario)) {
		for (const [shape, fields] of Object.entries(effect)) {
			if (typeof fields !== 'object' || shape === 'metric' || shape === 'cascade') continue;
			for (const name of AMOUNTS) {
				const value: unknown = (fields as Record<string, unknown>)[name];
				if (typeof value === 'number') amount(effect.metric, value, [...path, shape, name]);
			}
		}
	}
	scenario.impact.forEach(({ metric, floor, full }, index) => {
		amount(metric, floor, ['impact', index, 'floor']);
		if (full !== undefined) amount(metric, full, ['impact', index, 'full']);
	});
	scenario.slis.forEach(({ metric, objective }, index) => amount(metric, objective, ['slis', index, 'objective']));
	for (const { condition, path } of allConditions(scenario)) {
		for (const leaf of leaves(condition)) {
			const found =
				leaf.type === 'metric'
					? misfit(`${leaf.target.service}.${leaf.target.metric}`, leaf.target.metric, leaf.value)
					: null;
			if (found !== null) findings.warning(source, path, 'unit', found);
		}
	}
	const times: [number | undefined, YamlPath][] = [
		...allStates(scenario).flatMap(({ spec, path }) =>
			spec.next.map(({ after }, index): [number | undefined, YamlPath] => [after, [...path, 'next', index, 'after']])
		),
		...scenario.diagnostics.map(({ takes }, i): [number, YamlPath] => [takes, ['diagnostics', i, 'takes']]),
		...scenario.mitigations.map(({ takes }, i): [number, YamlPath] => [takes, ['mitigations', i, 'takes']]),
		...scenario.injects.map(({ at }, i): [number | undefined, YamlPath] => [at, ['injects', i, 'at']]),
		...scenario.ideal.map(({ at }, i): [number | undefined, YamlPath] => [at, ['ideal', i, 'at']]),
		...scenario.expectations.map(({ by }, i): [number | undefined, YamlPath] => [by, ['expectations', i, 'by']])
	];
	for (const [ms, path] of times) {
		if (ms === undefined || ms >= 0) continue;
		findings.error(source, path, 'negative_duration', 'a duration counts forward here: write it without the minus');
	}
}

function misfit(name: string, metric: string, value: number, written = ''): string | null {
	if (unitOf(metric) === 'share') {
		if (/(ms|s|m|h|B)$/.test(written)) return `${name} is a share, "${written}" is none: write 9% or 0.09`;
		if (value > 1)
			return `${name} is a share, and ${value} is ${Math.round(value * 100)} %: write ${value}% if that is meant`;
	}
	if (unitOf(metric) === 'count' && /(%|ms|s|m|h|B)$/.test(written)) {
		return `${name} is a count, "${written}" is none: write 140`;
	}
	if (unitOf(metric) === 'time' && (written.endsWith('%') || written.endsWith('B'))) {
		return `${name} is a time, "${written}" is none: write 420ms or 2s`;
	}
	return null;
}

/** The text at a path of the file, as it was written. */
function writtenAt(value: unknown, path: YamlPath): string {
	let at = value;
	for (const step of path)
		at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : '';
	return typeof at === 'string' ? at.trim() : '';
}

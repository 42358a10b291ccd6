import type { KnownMetrics, Queryable, Series } from '../../promql/index.ts';
import { parseSelector } from '../../promql/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { createObservation } from '../../telemetry/index.ts';
import { createWorld, initialWorldState } from '../../world/index.ts';

/** Enough that everything has been scraped once. Milliseconds. */
const LOOK_BACK_MS = 60_000;
const SUFFIXES = ['_bucket', '_sum', '_count'];

/** How a team calls what is measured: hands on series under other names. The same as `Mapping` gives. */
export type Renaming = (queryable: Queryable) => Queryable;

/**
 * The metrics of scenarios, with the labels they carry at the begin of a run. A metric that shows only later (a failed
 * batch) is known by name alone.
 */
export function knownMetrics(
	scenarios: readonly CompiledScenario[],
	rename: Renaming = (given) => given
): KnownMetrics {
	const labels = new Map<string, Set<string>>();
	const types = new Map<string, 'counter' | 'gauge' | 'histogram'>();
	const names = new Set<string>();
	const everything = parseSelector('{__name__=~".+"}');
	if (!everything.ok) throw new Error('everything can be selected');
	for (const compiled of scenarios) {
		const world = createWorld(compiled, 'known');
		const observation = createObservation(world);
		const renamed = rename(observation.queryable(initialWorldState(world), 0));
		for (const series of renamed.select(everything.value, -LOOK_BACK_MS, 0)) addLabels(labels, series);
		for (const { name, type } of observation.catalogue().families) {
			for (const one of type === 'histogram' ? SUFFIXES.map((suffix) => name + suffix) : [name]) {
				names.add(one);
				types.set(one, type === 'gauge' ? 'gauge' : 'counter');
			}
		}
		for (const { rules } of compiled.rules.groups)
			for (const { record } of rules) if (typeof record === 'string') names.add(record);
	}
	for (const name of labels.keys()) names.add(name);
	return { names, labels: (name) => labels.get(name), type: (name) => types.get(name) };
}

function addLabels(labels: Map<string, Set<string>>, series: Series): void {
	const { __name__: name = '', ...rest } = series.labels;
	const known = labels.get(name) ?? new Set<string>();
	labels.set(name, known);
	for (const [label, value] of Object.entries(rest)) if (value !== '') known.add(label);
}

import { parseSelector } from '../promql/index.ts';
import { STARTER_TOPOLOGIES, starterFiles } from '../scenario/starter/starter.ts';
import { guideMarkdown, type MetricLine, type SystemLines } from '../scenario/guide/guide.ts';
import { loadScenario, loadTopology, type Files } from '../scenario/load.ts';
import { comesWith, createObservation } from '../telemetry/index.ts';
import { createWorld, initialWorldState } from '../world/index.ts';

/** The whole authoring guide: with the metrics that rules and diagnostics can ask for, as the archetypes export them. */
export function authoringGuide(topologies: Files): string {
	return guideMarkdown(exportedMetrics(topologies), systems(topologies));
}

function systems(topologies: Files): SystemLines[] {
	return STARTER_TOPOLOGIES.flatMap((id) => {
		const { topology } = loadTopology(id, topologies);
		if (topology === null) return [];
		const services = Object.entries(topology.services).map(([name, { kind, about, exports }]) => ({
			name,
			kind,
			about,
			exports,
			calls: topology.dependencies.filter(({ from }) => from === name).map(({ to }) => to)
		}));
		return [{ id, about: topology.about, services }];
	});
}

/** Before the begin, milliseconds: enough that everything has been scraped once. */
const LOOK_BACK_MS = 60_000;

/** Every metric family by name, with the archetypes on which a service has it from the beginning. */
function exportedMetrics(topologies: Files): MetricLine[] {
	const found = new Map<string, MetricLine>();
	const everything = parseSelector('{__name__=~".+"}');
	if (!everything.ok) throw new Error('everything can be selected');
	for (const base of STARTER_TOPOLOGIES) {
		const services = Object.keys(loadTopology(base, topologies).topology?.services ?? {});
		const files = starterFiles('guide', base);
		const text = (files['scenario.yaml'] ?? '').replace(/^ {2}services: .*$/m, `  services: [${services.join(', ')}]`);
		const loaded = loadScenario('guide', { ...files, 'scenario.yaml': text }, topologies);
		// A topology that does not load is told by the lint; the guide goes without it.
		if (!loaded.ok) continue;
		const world = createWorld(loaded.compiled, '1');
		const observation = createObservation(world);
		const series = observation.queryable(initialWorldState(world), 0).select(everything.value, -LOOK_BACK_MS, 0);
		const there = new Set(series.map(({ labels }) => labels.__name__ ?? ''));
		for (const { name, type, help } of observation.catalogue().families) {
			const line = found.get(name) ?? { name, type, help, on: [], comesWith: comesWith(name) ?? 'every system' };
			found.set(name, line);
			if (there.has(name) || there.has(`${name}_bucket`)) line.on.push(base);
		}
	}
	return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

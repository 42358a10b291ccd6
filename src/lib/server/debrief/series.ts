// Panels over a whole run, as anybody could have seen them. What was seen once never changes, so the charts at any moment are
// these, cut there.

import type { Engine, EngineState } from '../../engine/types.ts';
import { evaluateRange, parse } from '../../promql/index.ts';
import type { ReplaySeries } from '../../protocol/debrief.ts';
import { dashboardPanels } from '../../telemetry/index.ts';

const STEP_MS = 15_000;
const BEFORE_MS = 15 * 60_000;
const MOST_SERIES = 12;
export const MOST_PANELS = 8;

export async function seriesOf(engine: Engine, state: EngineState, wanted: readonly string[]): Promise<ReplaySeries> {
	const { startsAt } = engine.compiled;
	const queryable = engine.observation.queryable(state.world, state.simMs);
	const range = { startMs: -BEFORE_MS, endMs: state.simMs, stepMs: STEP_MS };
	const panels: ReplaySeries['panels'] = [];
	for (const { id, service, title, unit, query, where, legend, limit } of dashboardPanels(engine.compiled)) {
		if (!wanted.includes(id) || panels.length >= MOST_PANELS) continue;
		const parsed = parse(query);
		const found = parsed.ok && evaluateRange(parsed.value, queryable, range);
		const all = found && found.ok && found.value.value.type === 'matrix' ? found.value.value.series : [];
		const series = all
			.filter(({ labels }) => Object.entries(where).every(([name, value]) => labels[name] === value))
			.slice(0, MOST_SERIES)
			.map(({ labels, times, values }) => ({ labels: { ...labels }, ...finite(times, values, startsAt) }));
		panels.push({ id, title: service === null ? title : `${service}: ${title}`, unit, legend, limit, series });
		// Each is a piece of work; others have their turn in between.
		await new Promise((resolve) => setImmediate(resolve));
	}
	return { panels };
}

function finite(times: ArrayLike<number>, values: ArrayLike<number>, startsAt: number) {
	const kept = { times: [] as number[], values: [] as number[] };
	for (let i = 0; i < times.length; i++) {
		const value = values[i] ?? NaN;
		if (!Number.isFinite(value)) continue;
		kept.times.push(startsAt + (times[i] ?? 0));
		kept.values.push(Number(value.toPrecision(5)));
	}
	return kept;
}

// The series that a scenario's rules read, moved onto a grid beside that of the rules: what a promtool unit test is fed with.

import {
	createMatcher,
	parseSelector,
	type Labels,
	type Matcher,
	type Queryable,
	type Series
} from '../promql/index.ts';
import { CHANGES } from '../telemetry/families/changes.ts';
import { tellsMoments } from '../telemetry/moments.ts';

/** Rules are evaluated on multiples of this; samples stand 5 or 10 seconds behind one, never on it. */
export const EVALUATION_MS = 15_000;
export const SLOT_MS = 5_000;
const SLOTS = EVALUATION_MS / SLOT_MS;

/** Values by slot, counted from the beginning of the export; `stale` ends a series. */
export interface ExportedSeries {
	labels: Labels;
	samples: ReadonlyMap<number, number | 'stale'>;
}

/** Simulated milliseconds; `fromMs` becomes time 0 of the export. */
export interface Window {
	fromMs: number;
	toMs: number;
}

/** Series of these label sets, with their samples in the window. */
export function exportedSeries(
	queryable: (nowMs: number) => Queryable,
	labelSets: readonly Labels[],
	window: Window
): ExportedSeries[] {
	const all = queryable(window.toMs);
	const scraped = labelSets
		.filter((labels) => labels.__name__ !== CHANGES.name)
		.flatMap((labels) => {
			const found = all.select(exactly(labels), window.fromMs, window.toMs);
			return found.filter((series) => sameLabels(series.labels, labels)).map((series) => onSlots(series, window));
		});
	const exported = [...scraped, ...changes(queryable, window)].filter(({ samples }) => samples.size > 0);
	return exported.sort((a, b) => (seriesName(a.labels) < seriesName(b.labels) ? -1 : 1));
}

/** As rule tests write it: `up{job="a"}`. */
export function seriesName({ __name__: name, ...labels }: Labels): string {
	const pairs = Object.keys(labels)
		.sort()
		.map((label) => `${label}=${JSON.stringify(labels[label])}`);
	return `${name ?? ''}{${pairs.join(',')}}`;
}

/** The values as rule tests write them, one per slot: `_` is none, `_x3` three times none. */
export function seriesValues({ samples }: ExportedSeries): string {
	const said: string[] = [];
	let next = 0;
	for (const [slot, value] of [...samples].sort(([a], [b]) => a - b)) {
		if (slot > next) said.push(slot - next === 1 ? '_' : `_x${slot - next}`);
		said.push(value === 'stale' ? 'stale' : Number.isFinite(value) ? String(value) : valueWord(value));
		next = slot + 1;
	}
	return said.join(' ');
}

function valueWord(value: number): string {
	return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf';
}

function onSlots({ labels, times, values, stale, length }: Series, { fromMs, toMs }: Window): ExportedSeries {
	const samples = new Map<number, number | 'stale'>();
	const moved = tellsMoments(labels.__name__) ? -fromMs / 1000 : 0;
	for (let at = 0; at < length; at += 1) {
		const timeMs = times[at] ?? 0;
		if (timeMs < fromMs || timeMs > toMs) continue;
		const ended = stale?.[at] === 1;
		samples.set(slotOf(timeMs - fromMs, samples), ended ? 'stale' : (values[at] ?? NaN) + moved);
	}
	return { labels, samples };
}

/** The slot beside the evaluations that is nearest to a moment; the next free one where that is taken. */
function slotOf(ms: number, taken: ReadonlyMap<number, unknown>): number {
	const interval = Math.floor(ms / EVALUATION_MS);
	let slot = interval * SLOTS + (ms % EVALUATION_MS < EVALUATION_MS / 2 ? 1 : 2);
	while (taken.has(slot) || slot % SLOTS === 0) slot += 1;
	return slot;
}

/** The change feed tells the age of each change in a label, so it is another series every minute. */
function changes(queryable: (nowMs: number) => Queryable, { fromMs, toMs }: Window): ExportedSeries[] {
	const parsed = parseSelector(CHANGES.name);
	if (!parsed.ok) throw new Error(parsed.error.message);
	const found = new Map<string, { labels: Labels; samples: Map<number, number | 'stale'> }>();
	for (let t = fromMs + EVALUATION_MS; t <= toMs; t += EVALUATION_MS) {
		const slot = ((t - fromMs) / EVALUATION_MS) * SLOTS - 1;
		for (const { labels } of queryable(t).select(parsed.value, t, t)) {
			const name = seriesName(labels);
			const series = found.get(name) ?? { labels, samples: new Map() };
			series.samples.set(slot, 1);
			found.set(name, series);
		}
	}
	const lastSlot = (toMs - fromMs) / SLOT_MS;
	for (const { samples } of found.values()) {
		const end = Math.max(...samples.keys()) + SLOTS;
		if (end <= lastSlot) samples.set(end, 'stale');
	}
	return [...found.values()];
}

function exactly(labels: Labels): readonly Matcher[] {
	return Object.entries(labels).map(([name, value]) => createMatcher(name, '=', value));
}

function sameLabels(a: Labels, b: Labels): boolean {
	const names = Object.keys(a);
	return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

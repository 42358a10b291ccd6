import type { Labels, Matcher, Series } from '../../promql/index.ts';
import type { ChangeSpec } from '../../scenario/scenario.schema.ts';
import type { Family } from '../collect/instrument.ts';
import { STEP_MS } from '../collect/grid.ts';
import type { Truth } from '../truth-view.ts';

/** What was changed lately, as a metric, so that an alert can say it: `changes{service,kind,title,version,age}`, always 1. */

export const CHANGES: Family = {
	name: 'changes',
	type: 'gauge',
	help: 'Changes of the last two hours; always 1.',
	unit: ''
};

const SHOWN_FOR_MS = 2 * 3_600_000;

interface Change {
	atMs: number;
	labels: Labels;
}

/** Changes up to a moment, oldest first: those of the scenario, and versions that people have deployed since. */
export function changesUntil(truth: Truth, tMs: number): Change[] {
	const { scenario, services } = truth.world.compiled;
	const planned: Change[] = scenario.changes.map((change: ChangeSpec) => ({
		atMs: change.at,
		labels: { service: change.service, kind: change.kind, title: change.title, version: change.version ?? '' }
	}));
	const deployed: Change[] = Object.keys(services).flatMap((service) =>
		(truth.state.versions[service] ?? [])
			.filter((shift) => !scenario.changes.some((change) => change.service === service && change.at === shift.atMs))
			.map((shift) => ({
				atMs: shift.atMs,
				labels: { service, kind: 'deploy', title: `${service} ${shift.version}`, version: shift.version }
			}))
	);
	return [...planned, ...deployed].filter((change) => change.atMs <= tMs).sort((a, b) => a.atMs - b.atMs);
}

/** The metric's series in a span; their age is told as of its end, in whole minutes. */
export class ChangeSeries {
	readonly #known = new Map<string, Series>();

	select(truth: Truth, matchers: readonly Matcher[], fromMs: number, toMs: number): Series[] {
		const found: Series[] = [];
		for (const change of changesUntil(truth, toMs)) {
			if (change.atMs + SHOWN_FOR_MS < fromMs) continue;
			const age = `${Math.floor((toMs - change.atMs) / 60_000)}m`;
			const labels: Labels = { __name__: CHANGES.name, job: 'change-feed', ...change.labels, age };
			if (!matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? ''))) continue;
			const first = Math.ceil(Math.max(change.atMs, fromMs) / STEP_MS);
			const last = Math.floor(Math.min(change.atMs + SHOWN_FOR_MS, toMs) / STEP_MS);
			found.push(this.#series(labels, `${change.atMs}`, first, Math.max(first, last), toMs));
		}
		return found;
	}

	#series(labels: Labels, key: string, first: number, last: number, toMs: number): Series {
		const id = `${key}|${Object.values(labels).join('|')}|${first}|${last}`;
		let series = this.#known.get(id);
		if (series === undefined) {
			// Small and rarely asked for: what is older than a screenful of questions can be made again.
			if (this.#known.size > 256) this.#known.clear();
			const times = Float64Array.from({ length: last - first + 1 }, (_, i) => Math.min((first + i) * STEP_MS, toMs));
			series = {
				labels: Object.freeze(labels),
				times,
				values: new Float64Array(times.length).fill(1),
				length: times.length
			};
			this.#known.set(id, series);
		}
		return series;
	}
}

import type { Matcher, Queryable, Series } from '../../promql/index.ts';
import type { LogPage, Observation } from '../../telemetry/types.ts';
import { metricHandle, requestsPerSecond, type World, type WorldState } from '../../world/index.ts';

const STEP_MS = 15_000;
const NOTHING_WRITTEN: LogPage = { records: [], sampledOneIn: 1, truncated: false, searchedFromMs: 0, histogram: [] };
const ORIGIN_MS = -3 * 3_600_000;

/**
 * Instruments for tests of the engine: a few families read straight off the truth, without noise, pods or gaps, so that a
 * test of the engine says nothing about telemetry.
 */
export function plainObservation(world: World): Observation {
	const memo = new WeakMap<WorldState, Growing[]>();
	return {
		queryable: (state, nowMs): Queryable => {
			let series = memo.get(state);
			if (series === undefined) memo.set(state, (series = familiesOf(world, state)));
			for (const each of series) each.growTo(nowMs);
			return {
				select: (matchers) => series.filter((each) => fits(matchers, each.labels)).map((each) => each.view(nowMs))
			};
		},
		catalogue: () => ({ families: [] }),
		traces: () => ({
			traces: [],
			points: [],
			matched: 0,
			looked: 0,
			sampledOneIn: 1,
			lookedFromMs: null,
			services: []
		}),
		trace: () => null,
		exemplars: () => [],
		logs: () => NOTHING_WRITTEN,
		// eslint-disable-next-line require-yield -- there is nothing to look through
		*logSearch() {
			return NOTHING_WRITTEN;
		},
		health: () => []
	};
}

class Growing {
	#times = new Float64Array(512);
	#values = new Float64Array(512);
	#length = 0;
	#sum = 0;
	readonly #views = new Map<number, Series>();

	constructor(
		readonly labels: Record<string, string>,
		readonly at: (tMs: number) => number,
		readonly counts: boolean
	) {}

	growTo(nowMs: number): void {
		for (let t = ORIGIN_MS + this.#length * STEP_MS; t <= nowMs; t += STEP_MS) {
			if (this.#length === this.#times.length) {
				this.#times = grown(this.#times);
				this.#values = grown(this.#values);
			}
			this.#sum += this.at(t) * (STEP_MS / 1000);
			this.#times[this.#length] = t;
			this.#values[this.#length] = this.counts ? this.#sum : this.at(t);
			this.#length += 1;
		}
	}

	view(nowMs: number): Series {
		const length = Math.max(0, Math.min(this.#length, Math.floor((nowMs - ORIGIN_MS) / STEP_MS) + 1));
		let view = this.#views.get(length);
		if (view === undefined) {
			view = { labels: this.labels, times: this.#times, values: this.#values, length };
			this.#views.clear();
			this.#views.set(length, view);
		}
		return view;
	}
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
	const larger = new Float64Array(array.length * 2);
	larger.set(array);
	return larger;
}

function familiesOf(world: World, state: WorldState): Growing[] {
	return Object.keys(world.compiled.services).flatMap((service) => {
		const errors = metricHandle(world, state, service, {}, 'errors');
		const memory = metricHandle(world, state, service, {}, 'mem');
		const requests = (t: number) => requestsPerSecond(world, state, service, t);
		const http = (status: string) => ({ __name__: 'http_requests_total', service, status, endpoint: '/' });
		return [
			new Growing(http('200'), (t) => requests(t) * (1 - errors(t)), true),
			new Growing(http('500'), (t) => requests(t) * errors(t), true),
			new Growing({ __name__: 'container_memory_working_set_bytes', service }, (t) => memory(t) * 1e9, false),
			new Growing({ __name__: 'container_spec_memory_limit_bytes', service }, () => 1e9, false)
		];
	});
}

function fits(matchers: readonly Matcher[], labels: Record<string, string>): boolean {
	return matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? ''));
}

import type { Matcher, Series } from '../../promql/index.ts';
import type { Truth } from '../truth-view.ts';
import { Collector } from './collector.ts';
import type { Exporter, Site } from './instrument.ts';
import type { SeasonIntegral } from './integral.ts';
import type { StoredSeries } from './target.ts';

interface Answer {
	/** Sum of the generations of the collectors when the answer was found. */
	generation: number;
	/** Those that may come to have a match, and those that have one. */
	candidates: readonly Collector[];
	sources: readonly Collector[];
	series: readonly StoredSeries[];
	/** What was given last, good as long as the same series have samples: by the sources' counts. */
	given: readonly Series[];
	presence: number;
}

/** All collectors of a scenario, found by the name of what they collect. */
export class Store {
	readonly #byName = new Map<string, Collector[]>();
	readonly #all: Collector[] = [];
	readonly #answers = new WeakMap<readonly Matcher[], Answer>();
	readonly #bound = new Set<Collector>();
	#truth: Truth | null = null;

	constructor(sites: readonly Site[], exporters: readonly Exporter[], season: SeasonIntegral) {
		for (const site of sites) {
			for (const exporter of exporters) {
				for (const instrument of exporter.attach(site)) {
					const collector = new Collector(site, instrument, season);
					this.#all.push(collector);
					for (const name of new Set(instrument.columns.map((column) => column.name))) {
						const list = this.#byName.get(name);
						if (list === undefined) this.#byName.set(name, [collector]);
						else list.push(collector);
					}
				}
			}
		}
	}

	/** Reads the truth of another state from now on. */
	bind(truth: Truth): void {
		if (this.#truth === truth) return;
		this.#truth = truth;
		this.#bound.clear();
	}

	forget(): void {
		for (const collector of this.#all) collector.forget();
	}

	/** Series that match, with their samples in [fromMs, toMs]; none of them shows what comes after `nowMs`. */
	select(matchers: readonly Matcher[], fromMs: number, toMs: number, nowMs: number): readonly Series[] {
		const answer = this.#answer(matchers);
		let presence = 0;
		for (const source of answer.sources) {
			source.ensure(fromMs, toMs, nowMs);
			presence += source.presence;
		}
		if (presence !== answer.presence) {
			answer.presence = presence;
			answer.given = answer.series.filter((each) => each.length > 0);
		}
		return answer.given;
	}

	#answer(matchers: readonly Matcher[]): Answer {
		const known = this.#answers.get(matchers);
		const candidates = known?.candidates ?? this.#candidates(matchers);
		let generation = 0;
		for (const collector of candidates) generation += this.#upToDate(collector).generation;
		if (known?.generation === generation) return known;
		const name = nameOf(matchers);
		const series: StoredSeries[] = [];
		const sources: Collector[] = [];
		for (const collector of candidates) {
			const before = series.length;
			for (const target of collector.targets) {
				collector.instrument.columns.forEach((column, c) => {
					if (name !== undefined && column.name !== name) return;
					const found = target.series(c);
					if (matchers.every((matcher) => matcher.matches(found.labels[matcher.name] ?? ''))) series.push(found);
				});
			}
			if (series.length > before) sources.push(collector);
		}
		const answer = { generation, candidates, sources, series, given: [], presence: -1 };
		this.#answers.set(matchers, answer);
		return answer;
	}

	#candidates(matchers: readonly Matcher[]): Collector[] {
		const name = nameOf(matchers);
		const named =
			name !== undefined
				? (this.#byName.get(name) ?? [])
				: this.#all.filter((collector) =>
						collector.instrument.columns.some((column) =>
							matchers.every((matcher) => matcher.name !== '__name__' || matcher.matches(column.name))
						)
					);
		return named.filter((collector) => !hopeless(collector, matchers));
	}

	#upToDate(collector: Collector): Collector {
		if (!this.#bound.has(collector) && this.#truth !== null) {
			collector.bind(this.#truth);
			this.#bound.add(collector);
		}
		return collector;
	}
}

/** The name that a selector asks for, if it asks for one. */
function nameOf(matchers: readonly Matcher[]): string | undefined {
	return matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=')?.value;
}

/** Whether no series of a collector can ever match: the service is another. */
function hopeless(collector: Collector, matchers: readonly Matcher[]): boolean {
	const { name } = collector.site;
	const unnamed = collector.instrument.id === 'monitoring';
	return !unnamed && matchers.some((matcher) => matcher.name === 'service' && !matcher.matches(name));
}

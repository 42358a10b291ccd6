import { createMatcher, type Labels, type Matcher, type Queryable, type Series } from '../../promql/index.ts';
import { nearest } from '../../scenario/nearest.ts';
import type { Problem } from '../../scenario/problem.ts';
import { readYaml, type YamlPath, type YamlSource } from '../../scenario/yaml-source.ts';

/**
 * How a team calls what the scenarios measure: a YAML file from our names to theirs.
 *
 * ```yaml
 * metrics:
 *   http_requests_total: app_http_requests_total
 *   http_request_duration_seconds:          # _bucket, _sum and _count go with it
 *     name: app_latency_seconds
 *     labels: { endpoint: route }           # of this metric alone
 * labels:
 *   service: app
 * add:
 *   cluster: prod-eu
 * ```
 */
export interface Mapping {
	readonly metrics: Readonly<
		Record<string, { readonly name: string; readonly labels: Readonly<Record<string, string>> }>
	>;
	readonly labels: Readonly<Record<string, string>>;
	/** Labels that every series of the team carries. */
	readonly add: Readonly<Record<string, string>>;
}

export type MappingReading =
	{ readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly problems: readonly Problem[] };

export const NO_MAPPING: Mapping = { metrics: {}, labels: {}, add: {} };

const FIELDS = ['metrics', 'labels', 'add'];
const SUFFIX = /_(bucket|sum|count)$/;

/** Reads a mapping file. `families` are the names that the scenarios have. */
export function readMapping(file: string, text: string, families: ReadonlySet<string>): MappingReading {
	const read = readYaml(file, text, 1, true);
	if (!read.ok) return read;
	const reader = new MappingReader(read.source, families);
	const mapping = reader.mapping(read.source.value);
	return reader.problems.length > 0 ? { ok: false, problems: reader.problems } : { ok: true, mapping };
}

class MappingReader {
	readonly problems: Problem[] = [];

	constructor(
		private readonly source: YamlSource,
		private readonly families: ReadonlySet<string>
	) {}

	mapping(value: unknown): Mapping {
		const fields = this.map(value, []);
		for (const name of Object.keys(fields))
			if (!FIELDS.includes(name)) this.wrong([name], `there is no field "${name}": a mapping has ${FIELDS.join(', ')}`);
		const metrics: Record<string, { name: string; labels: Record<string, string> }> = {};
		const taken = new Map<string, string>();
		for (const [ours, theirs] of Object.entries(this.map(fields.metrics, ['metrics']))) {
			const path = ['metrics', ours];
			if (!this.knows(ours)) {
				const near = nearest(ours, this.families);
				this.wrong(path, `no scenario has a metric ${ours}${near === null ? '' : `: did you mean ${near}?`}`);
			}
			const inner = typeof theirs === 'string' ? { name: theirs } : this.map(theirs, path);
			const name = typeof inner.name === 'string' && inner.name !== '' ? inner.name : ours;
			const before = taken.get(name);
			if (before !== undefined) this.wrong(path, `${before} is called ${name} as well: two metrics need two names`);
			taken.set(name, ours);
			metrics[ours] = { name, labels: this.texts(inner.labels, [...path, 'labels']) };
		}
		return {
			metrics,
			labels: this.texts(fields.labels, ['labels']),
			add: this.texts(fields.add, ['add'])
		};
	}

	private knows(name: string): boolean {
		return this.families.has(name) || this.families.has(`${name}_bucket`);
	}

	private map(value: unknown, path: YamlPath): Record<string, unknown> {
		if (value === undefined || value === null) return {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
		this.wrong(path, 'expected names with texts, one `ours: theirs` per line');
		return {};
	}

	private texts(value: unknown, path: YamlPath): Record<string, string> {
		const texts: Record<string, string> = {};
		for (const [name, text] of Object.entries(this.map(value, path))) {
			if (typeof text === 'string') texts[name] = text;
			else this.wrong([...path, name], `${name} must be text`);
		}
		const twice = Object.values(texts).find((text, at, all) => all.indexOf(text) !== at);
		if (twice !== undefined && path.at(-1) === 'labels') this.wrong(path, `two labels would be called ${twice}`);
		return texts;
	}

	private wrong(path: YamlPath, message: string): void {
		const { file } = this.source;
		this.problems.push({ file, ...this.source.locate(path, 'key'), code: 'mapping', message, severity: 'error' });
	}
}

/** Series under other labels; the samples stay where they are and grow as they grow. */
class RenamedSeries implements Series {
	constructor(
		private readonly inner: Series,
		readonly labels: Labels
	) {}

	get times(): Float64Array {
		return this.inner.times;
	}
	get values(): Float64Array {
		return this.inner.values;
	}
	get length(): number {
		return this.inner.length;
	}
	/** Absent where the series has none: the reader tells the two apart. */
	get stale(): Uint8Array {
		return this.inner.stale as Uint8Array;
	}
}

/** Renames what a queryable gives. One per queryable's life: it remembers what it has translated. */
export class Renamer {
	readonly #mapping: Mapping;
	/** Their metric names to ours. */
	readonly #ours = new Map<string, string>();
	readonly #series = new WeakMap<Series, Series>();
	readonly #asked = new WeakMap<readonly Matcher[], readonly Matcher[]>();
	readonly #answers = new WeakMap<readonly Matcher[], { found: readonly Series[]; given: readonly Series[] }>();

	constructor(mapping: Mapping) {
		this.#mapping = mapping;
		for (const [ours, { name }] of Object.entries(mapping.metrics)) {
			this.#ours.set(name, ours);
			for (const suffix of ['_bucket', '_sum', '_count']) this.#ours.set(name + suffix, ours + suffix);
		}
	}

	get empty(): boolean {
		return FIELDS.every((field) => Object.keys(this.#mapping[field as keyof Mapping]).length === 0);
	}

	readonly over = (inner: Queryable): Queryable => {
		if (this.empty) return inner;
		return {
			select: (matchers, fromMs, toMs) => {
				const found = inner.select(this.#translated(matchers), fromMs, toMs);
				const known = this.#answers.get(matchers);
				if (known?.found === found) return known.given;
				const given = found
					.map((series) => this.#renamed(series))
					.filter(({ labels }) => matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? '')));
				this.#answers.set(matchers, { found, given });
				return given;
			}
		};
	};

	/** What to ask for: their name as ours. All else is tested on what comes back, under the names they know. */
	#translated(matchers: readonly Matcher[]): readonly Matcher[] {
		let asked = this.#asked.get(matchers);
		if (!asked) {
			const name = matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=');
			asked = [
				name ? createMatcher('__name__', '=', this.#ourName(name.value)) : createMatcher('__name__', '=~', '.+')
			];
			this.#asked.set(matchers, asked);
		}
		return asked;
	}

	#ourName(theirs: string): string {
		const ours = this.#ours.get(theirs);
		if (ours !== undefined) return ours;
		// What was given another name is not to be had under its old one.
		const { metrics } = this.#mapping;
		return (metrics[theirs] ?? metrics[theirs.replace(SUFFIX, '')]) ? '' : theirs;
	}

	#renamed(series: Series): Series {
		let renamed = this.#series.get(series);
		if (!renamed) {
			const { metrics, labels, add } = this.#mapping;
			const { __name__: name = '' } = series.labels;
			const suffix = metrics[name] ? '' : (SUFFIX.exec(name)?.[0] ?? '');
			const metric = metrics[name] ?? metrics[name.slice(0, name.length - suffix.length)];
			const theirs: Record<string, string> = { ...add };
			for (const [label, value] of Object.entries(series.labels))
				theirs[metric?.labels[label] ?? labels[label] ?? label] = value;
			theirs.__name__ = metric ? metric.name + suffix : name;
			renamed = new RenamedSeries(series, Object.freeze(theirs));
			this.#series.set(series, renamed);
		}
		return renamed;
	}
}

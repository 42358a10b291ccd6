/**
 * The samples of a test. Of a native histogram only its time is kept; reading its value is noticed, so that a test
 * that needs one is known, while one that merely passes by is not.
 */
import type { Labels, Matcher, Queryable, Series } from '../series.ts';
import type { SequenceValue, SeriesDescription } from './series.ts';

type Sample = (Extract<SequenceValue, { type: 'value' }> | { readonly type: 'stale' | 'native' }) & {
	readonly startMs?: number | undefined;
};

interface Entry {
	readonly labels: Labels;
	readonly samples: Map<number, Sample>;
	series: Series | undefined;
}

export class TestData implements Queryable {
	private readonly entries = new Map<string, Entry>();
	/** Whether a native histogram was read since this was last cleared. */
	reachedNative = false;

	load(descriptions: readonly SeriesDescription[], stepMs: number, withNative: boolean): void {
		// Within one load the last of equal series counts.
		const last = new Map(descriptions.map((one) => [keyOf(one.labels), one]));
		for (const { labels, values, starts } of last.values()) {
			values.forEach((value, at) => {
				const { type } = value;
				if (type === 'omitted') return;
				const offset = starts?.[at];
				const startMs = offset === undefined ? undefined : at * stepMs + offset;
				this.add(labels, at * stepMs, type === 'value' ? { ...value, startMs } : { type, startMs });
				if (withNative && value.type === 'value') this.addConverted(labels, at * stepMs);
			});
		}
	}

	private add(labels: Labels, timeMs: number, sample: Sample): void {
		const key = keyOf(labels);
		let entry = this.entries.get(key);
		if (!entry) this.entries.set(key, (entry = { labels, samples: new Map(), series: undefined }));
		entry.samples.set(timeMs, sample);
		entry.series = undefined;
	}

	/** Buckets make a native histogram beside them, under the name without `_bucket`. */
	private addConverted(labels: Labels, timeMs: number): void {
		const { __name__: name = '', le, ...rest } = labels;
		if (!name.endsWith('_bucket') || le === undefined) return;
		this.add({ ...rest, __name__: name.slice(0, -'_bucket'.length) }, timeMs, { type: 'native' });
	}

	select(matchers: readonly Matcher[]): readonly Series[] {
		const found: Series[] = [];
		for (const entry of this.entries.values()) {
			if (!matchers.every((matcher) => matcher.matches(entry.labels[matcher.name] ?? ''))) continue;
			found.push((entry.series ??= this.build(entry)));
		}
		return found;
	}

	private build({ labels, samples }: Entry): Series {
		const sorted = [...samples].sort(([a], [b]) => a - b);
		const times = Float64Array.from(sorted, ([timeMs]) => timeMs);
		const values = Float64Array.from(sorted, ([, sample]) => (sample.type === 'value' ? sample.value : NaN));
		const stale = Uint8Array.from(sorted, ([, sample]) => Number(sample.type === 'stale'));
		const starts = sorted.some(([, { startMs }]) => startMs !== undefined)
			? Float64Array.from(sorted, ([, { startMs = 0 }]) => startMs)
			: undefined;
		const native = sorted.map(([, sample]) => sample.type === 'native');
		return {
			labels,
			times,
			values: native.includes(true) ? this.watched(values, native) : values,
			length: sorted.length,
			...(stale.includes(1) ? { stale } : {}),
			...(starts ? { starts } : {})
		};
	}

	/** The values, with an eye on those that stand for native histograms. */
	private watched(values: Float64Array, native: readonly boolean[]): Float64Array {
		return new Proxy(values, {
			get: (target, property) => {
				if (typeof property === 'string' && native[Number(property)]) this.reachedNative = true;
				if (property !== 'subarray') return Reflect.get(target, property, target) as unknown;
				return (from: number, to: number) => {
					if (native.slice(from, to).includes(true)) this.reachedNative = true;
					return target.subarray(from, to);
				};
			}
		});
	}
}

function keyOf(labels: Labels): string {
	return JSON.stringify(
		Object.entries(labels)
			.filter(([, value]) => value !== '')
			.sort(([a], [b]) => (a < b ? -1 : 1))
	);
}

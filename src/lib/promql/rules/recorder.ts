/** Writes what a rule gave into the store, and marks as ended what it gave before and gives no more. */
import type { Labels } from '../series.ts';
import type { MemoryStore } from '../store.ts';

export interface Written {
	readonly labels: Labels;
	readonly value: number;
}

export function record(store: MemoryStore, key: string, samples: readonly Written[], timeMs: number): void {
	const before = store.written.get(key);
	if (samples.length === 0 && !before) return;
	let same = before?.length === samples.length;
	for (let at = 0; same && at < samples.length; at += 1) same = before?.[at] === samples[at]?.labels;
	if (!same) {
		const now = samples.map(({ labels }) => labels);
		// Ends come first: where equal labels come as another object, the sample that follows takes the mark's place.
		if (before) {
			const kept = new Set(now);
			for (const labels of before) if (!kept.has(labels)) store.appendStale(labels, timeMs);
		}
		if (now.length > 0) store.written.set(key, now);
		else store.written.delete(key);
	}
	for (const { labels, value } of samples) store.append(labels, timeMs, value);
}

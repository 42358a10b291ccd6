import type { TimelineEntry } from '$lib/incident/timeline.ts';

/** One mark in a lane: an entry, or several that stand too close to be told apart. */
export interface LaneMark {
	/** The one it leads to: the weightiest of them. */
	entry: TimelineEntry;
	/** All of them, in order of time. */
	entries: TimelineEntry[];
	x: number;
	/** As many of its words as fit before the next mark; empty where none do. */
	label: string;
}

/** Nearer than this two marks are one; widths in units of the drawing. */
const CLOSE = 13;
const LETTER = 6.3;
const GAP = 12;
const FEWEST_LETTERS = 8;
const MOST_LETTERS = 40;

/** What is drawn: turning points, what harmed, and every word from or to people outside. The list below has the rest. */
export function isDrawn(entry: TimelineEntry, harmful: ReadonlySet<number>): boolean {
	return entry.key || harmful.has(entry.seq) || entry.lane === 'customers' || entry.lane === 'scribe';
}

/** Marks of one lane from left to right. `x` places a time, `right` is where the drawing ends. */
export function placeMarks(
	entries: readonly TimelineEntry[],
	x: (at: number) => number,
	right: number,
	harmful: ReadonlySet<number>
): LaneMark[] {
	const clusters: { x: number; entries: TimelineEntry[] }[] = [];
	for (const entry of entries) {
		const at = x(entry.at);
		const last = clusters.at(-1);
		if (last && at - last.x < CLOSE) last.entries.push(entry);
		else clusters.push({ x: at, entries: [entry] });
	}
	return clusters.map((cluster, i) => {
		const [first] = cluster.entries;
		const found =
			cluster.entries.find(({ seq }) => harmful.has(seq)) ?? cluster.entries.find(({ key }) => key) ?? first;
		const entry = found as TimelineEntry;
		const more = cluster.entries.length > 1 ? ` +${cluster.entries.length - 1}` : '';
		const space = (clusters[i + 1]?.x ?? right) - cluster.x - GAP;
		return { entry, entries: cluster.entries, x: cluster.x, label: fit(entry.title, more, Math.floor(space / LETTER)) };
	});
}

function fit(title: string, more: string, letters: number): string {
	const most = Math.min(letters - 1, MOST_LETTERS) - more.length;
	if (title.length <= most) return title + more;
	return most < FEWEST_LETTERS ? '' : `${title.slice(0, most - 1).trimEnd()}…${more}`;
}

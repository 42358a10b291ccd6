/** What a panel draws of its query: the open table that grows with each tick, or a finer one of the part zoomed into. */
import { untrack } from 'svelte';
import type { SeriesTable } from '$lib/client/series-table.ts';
import { RANGES, type QueryProblem, type Telemetry } from '$lib/client/telemetry.svelte.ts';

export class PanelSource {
	#telemetry: Telemetry;
	#query: () => string;
	#now: () => number;
	/** Of the part zoomed into; null while all is shown or it is on its way. */
	#detail = $state.raw<SeriesTable | null>(null);

	/** Created while a component is set up. `now` is incident time, for a panel that has no samples yet. */
	constructor(telemetry: Telemetry, query: () => string, now: () => number) {
		this.#telemetry = telemetry;
		this.#query = query;
		this.#now = now;
		$effect(() => {
			const [text, zoom] = [this.#query(), telemetry.zoom];
			this.#detail = null;
			if (!zoom || text === '') return;
			// Asked once for each stretch, not at every tick.
			const [open, latestAt] = [RANGES[telemetry.range], untrack(() => telemetry.latestAt)];
			let gone = false;
			void import('./details.ts').then(async ({ detailOf, detailStep }) => {
				const stepMs = detailStep(zoom, open, latestAt);
				if (stepMs === null || gone) return;
				const table = await detailOf(telemetry, text, zoom, stepMs);
				if (!gone && table) this.#detail = table;
			});
			return () => (gone = true);
		});
	}

	/** Null while its history is on the way. */
	table = $derived.by((): SeriesTable | null => {
		void this.#telemetry.version;
		return this.#detail ?? this.#telemetry.table(this.#query());
	});
	/** Counts what has changed in the table, which is filled in place. */
	get version(): number {
		return this.#telemetry.version;
	}
	problem = $derived.by((): QueryProblem | null => {
		void this.#telemetry.version;
		return this.#telemetry.problem(this.#query());
	});
	notes = $derived.by((): readonly string[] => {
		void this.#telemetry.version;
		return this.#telemetry.notes(this.#query());
	});
	/** The part of the time that is drawn: the same for every chart, whatever samples each has. */
	window = $derived.by(() => {
		const { zoom, range, latestAt } = this.#telemetry;
		if (zoom) return zoom;
		const toAt = latestAt || this.#now();
		return { fromAt: toAt - RANGES[range].windowMs, toAt };
	});
}

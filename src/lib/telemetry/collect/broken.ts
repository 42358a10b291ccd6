import type { Truth } from '../truth-view.ts';
import type { Collector } from './collector.ts';
import { nodeAtOrBefore, nodeTime, STEP_MS } from './grid.ts';
import type { Column, Instrument, Site } from './instrument.ts';
import type { Target } from './target.ts';

/**
 * Broken instruments: the truth goes on, what is seen of it does not. `absent` series vanish, `stale` ones too while the
 * target reads as down, `frozen` ones stay at what they showed when it began, `late` ones show what was, `scaled` ones
 * show a multiple.
 */
export interface InstrumentFault {
	mode: 'absent' | 'stale' | 'frozen' | 'late' | 'scaled';
	by: number;
	fromMs: number;
	untilMs: number;
	columns: readonly number[];
}

/** What a monitoring system says about its own scrape; a broken exporter does not change that. */
const OWN: ReadonlySet<string> = new Set(['up', 'scrape_duration_seconds', 'scrape_samples_scraped']);
const USUAL_DELAY_S = 120;

/** The faults that an instrument has ever had under a state. */
export function faultsOf(truth: Truth, site: Site, instrument: Instrument): InstrumentFault[] {
	const faults: InstrumentFault[] = [];
	for (const { spec, fromMs, untilMs } of truth.state.instruments) {
		if (spec.service !== undefined && spec.service !== site.name) continue;
		const columns = instrument.columns.flatMap((column, c) => (concerns(spec.family, spec.mode, column) ? [c] : []));
		if (columns.length === 0) continue;
		faults.push({ mode: spec.mode, by: spec.by ?? 0, fromMs, untilMs: untilMs ?? Infinity, columns });
	}
	return faults;
}

/** Whether scraping a service fails as a whole at a moment. */
export function scrapeFails(truth: Truth, service: string, tMs: number): boolean {
	return truth.state.instruments.some(
		({ spec, fromMs, untilMs }) =>
			spec.mode === 'stale' &&
			spec.family === undefined &&
			spec.service === service &&
			fromMs <= tMs &&
			(untilMs === null || tMs < untilMs)
	);
}

/** Applies faults to the steps [from, to] that were just computed. `intact` knows what they would have shown. */
export function applyFaults(
	faults: readonly InstrumentFault[],
	collector: Collector,
	from: number,
	to: number,
	intact: () => Collector
): void {
	for (const fault of faults) {
		for (let node = from; node <= to; node += 1) {
			const tMs = nodeTime(node, collector.phaseMs);
			if (tMs < fault.fromMs || tMs >= fault.untilMs) continue;
			const source = sourceNode(fault, node, collector.phaseMs);
			if (source !== node) {
				const endMs = nodeTime(node, collector.phaseMs) + STEP_MS - 1;
				intact().ensure(nodeTime(source - 1, collector.phaseMs), endMs, endMs);
			}
			for (const target of collector.targets) {
				if (target.values.length === 0) continue;
				show(fault, collector, target, node, source === node ? null : intact(), source);
			}
		}
	}
}

function sourceNode(fault: InstrumentFault, node: number, phaseMs: number): number {
	if (fault.mode === 'frozen') return Math.min(node, nodeAtOrBefore(fault.fromMs, phaseMs));
	if (fault.mode === 'late') return node - Math.max(1, Math.round(((fault.by || USUAL_DELAY_S) * 1000) / STEP_MS));
	return node;
}

function show(
	fault: InstrumentFault,
	collector: Collector,
	target: Target,
	node: number,
	intact: Collector | null,
	source: number
): void {
	const { window, instrument } = collector;
	const index = window.indexOf(node);
	const twin = intact?.targets.find(
		(each) => each.subject.name === target.subject.name && each.subject.version === target.subject.version
	);
	for (const c of fault.columns) {
		if (fault.mode === 'absent' || fault.mode === 'stale') {
			window.markBroken(target, c, index);
			continue;
		}
		if ((instrument.columns[c]?.sameAs ?? -1) >= 0) continue;
		if (fault.mode === 'scaled') window.write(target, c, index, window.read(target, c, index) * fault.by);
		else if (twin !== undefined && twin.values.length > 0 && intact !== null)
			window.write(target, c, index, intact.window.read(twin, c, intact.window.indexOf(source)));
	}
}

function concerns(family: string | undefined, mode: InstrumentFault['mode'], column: Column): boolean {
	if (family === undefined) return mode === 'absent' || !OWN.has(column.name);
	if (family.endsWith('*')) return column.name.startsWith(family.slice(0, -1));
	return column.name === family || [`${family}_bucket`, `${family}_sum`, `${family}_count`].includes(column.name);
}

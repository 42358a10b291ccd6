import type { CompiledScenario } from '../../scenario/library.ts';
import type { Service } from '../../scenario/scenario.schema.ts';
import type { Pod } from '../../world/index.ts';
import type { Truth } from '../truth-view.ts';

/** A metric family as an exporter describes it. Histograms have their base name; their series end in _bucket, _sum, _count. */
export interface Family {
	name: string;
	type: 'counter' | 'gauge' | 'histogram';
	help: string;
	unit: string;
	/** What a service needs to have it, where that is not what its exporter comes with. */
	comesWith?: string;
}

/** One series of a target, before the target's own labels. */
export interface Column {
	/** Name of the series: the family's, with a histogram's suffix. */
	name: string;
	labels: Record<string, string>;
	/**
	 * `counter`: the sampler gives its rate per second, the sample is the integral since the process began.
	 * `gauge`: the sampler gives the value; noise comes on top. `level`: the value as it is.
	 */
	kind: 'counter' | 'gauge' | 'level';
	/** Samples are cut down to multiples of this: 1 for things that are counted, finer for seconds. 0 leaves them alone. */
	grain: number;
	/** Relative noise of a gauge. */
	noise: number;
	/** A gauge never shows more than this. */
	max: number;
	/** Index of the column whose samples these are; a histogram's count is its last bucket. -1 where it has its own. */
	sameAs: number;
}

/** What an instrument is attached to: one service of the scenario. */
export interface Site {
	name: string;
	service: Service;
	compiled: CompiledScenario;
	seedHash: number;
}

/** One thing that is scraped: a container of a pod over all its lives, or the service as a whole. */
export interface Subject {
	/** Pod name, or the service's name. */
	name: string;
	/** Slot of the pod, from 0. */
	index: number;
	version: string;
	/** Lives of the container in time; empty for a service as a whole. */
	lives: readonly Pod[];
}

/**
 * Fills `out` (one number per column) for a moment: rates for counters, values for the rest. `share` is one pod's part of
 * the service's traffic.
 */
export type Sampler = (tMs: number, out: Float64Array, share: number) => void;

/** Series that are sampled together, from one kind of target of one service. */
export interface Instrument {
	/** Unique among the instruments of a service. */
	id: string;
	columns: readonly Column[];
	/**
	 * `process`: answers only while the container lives. `pod`: as long as the pod exists. `service`: always, one target.
	 */
	scope: 'process' | 'pod' | 'service';
	/** Counters count while the pod serves traffic, or as long as it lives. */
	counts: 'serving' | 'living';
	/** Pods of a version read the same truth, or each its own. */
	alike: 'version' | 'pod';
	/** Labels of every series of a subject, the name excepted. */
	labels(subject: Subject): Record<string, string>;
	bind(truth: Truth, subject: Subject): Sampler;
}

/** What an exporter offers, and what of it a service has. */
export interface Exporter {
	/** What a service needs, to have it, as an author writes it. */
	comesWith: string;
	families: readonly Family[];
	attach(site: Site): Instrument[];
}

const plain = { grain: 0, noise: 0, max: Infinity, sameAs: -1 } as const;

export function counter(name: string, labels: Record<string, string> = {}, grain = 1): Column {
	return { ...plain, name, labels, kind: 'counter', grain };
}

export function gauge(
	name: string,
	labels: Record<string, string> = {},
	options: { noise?: number; grain?: number; max?: number } = {}
): Column {
	return { ...plain, name, labels, kind: 'gauge', noise: 0.02, ...options };
}

export function level(name: string, labels: Record<string, string> = {}): Column {
	return { ...plain, name, labels, kind: 'level' };
}

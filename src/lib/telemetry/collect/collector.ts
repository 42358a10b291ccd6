import { noise } from '../../world/index.ts';
import { restlessness, podRestlessness } from '../signals.ts';
import { firstAfter, servesAt, type Truth } from '../truth-view.ts';
import { applyFaults, faultsOf, type InstrumentFault } from './broken.ts';
import { jitterOf, nodeAtOrBefore, nodeTime, phaseOf, SPREAD_MS, STEP_MS } from './grid.ts';
import type { Column, Instrument, Site, Subject } from './instrument.ts';
import { CHECKPOINT_STEPS, firstNode, noiseHash, type SeasonIntegral } from './integral.ts';
import { podSubjects, serviceSubject } from './subjects.ts';
import { Target, type Alike } from './target.ts';
import { Window } from './window.ts';

/** A sum that comes to a whole number does so whichever way it was added up: what is lost in adding is less than this. */
const HAIR = 1e-4;

/**
 * Samples of one instrument of one service: computes what is asked for and not yet held, from the nearest remembered
 * integral, and forgets what nobody asks for any more. What it holds are memos; a sample is a function of the truth and
 * its time alone.
 */
export class Collector {
	readonly targets: Target[] = [];
	/** Grows with every target that comes. */
	generation = 0;
	/** Changes whenever a target begins or ceases to have samples to show. */
	presence = 0;
	readonly phaseMs: number;
	readonly window: Window;
	readonly #byKey = new Map<string, Target>();
	readonly #firstNode: number;
	readonly #counters: number[];
	readonly #others: number[];
	/** The step up to which every target's `sums` are integrated; null before the first. */
	#cursor: number | null = null;
	#truth: Truth | null = null;
	#faults: InstrumentFault[] = [];
	#intact: Collector | null = null;
	#load: (tMs: number) => number = () => 0;
	readonly #rates: Float64Array;
	readonly #grains: Float64Array;
	/** Index of the bucket that a cumulative bucket contains; -1 for what is none. */
	readonly #within: Int32Array;
	#shownAtMs = NaN;
	readonly #classes = new Map<string, Alike>();
	/** Tells whether a class was computed for the moment at hand. */
	#moment = 0;

	constructor(
		readonly site: Site,
		readonly instrument: Instrument,
		readonly season: SeasonIntegral,
		/** False for the shadow that knows what a broken instrument would have shown. */
		readonly breakable = true
	) {
		this.phaseMs = phaseOf(site.seedHash, site.name);
		this.#firstNode = firstNode(this.phaseMs);
		const indices = instrument.columns.map((_, i) => i).filter((i) => instrument.columns[i]?.sameAs === -1);
		this.#counters = indices.filter((i) => instrument.columns[i]?.kind === 'counter');
		this.#others = indices.filter((i) => instrument.columns[i]?.kind !== 'counter');
		this.#rates = new Float64Array(instrument.columns.length);
		this.#grains = Float64Array.from(instrument.columns, (column) => column.grain);
		this.#within = Int32Array.from(instrument.columns, (column, i) =>
			bucketWithin(instrument.columns[i - 1], column, i)
		);
		this.window = new Window(instrument.columns, this.phaseMs);
		this.window.hold(this.targets);
	}

	/** Reads the truth of this state from now on. What is held stays: the past is the same under every later state. */
	bind(truth: Truth): void {
		if (this.#truth === truth) return;
		this.#truth = truth;
		this.#load = restlessness(truth, this.site.name).load;
		this.#classes.clear();
		const subjects: Map<string, Subject> =
			this.instrument.scope === 'service'
				? new Map([['', serviceSubject(this.site)]])
				: truth.remember('subjects', this.site.name, () => podSubjects(truth, this.site));
		for (const target of this.targets) target.alike = null;
		this.#shownAtMs = NaN;
		for (const [key, subject] of subjects) {
			const known = this.#byKey.get(key);
			if (known === undefined) this.#add(key, subject);
			else known.subject = subject;
		}
		// Pods that were only planned, and are not any more, have no lives.
		for (const [key, target] of this.#byKey) if (!subjects.has(key)) target.subject = { ...target.subject, lives: [] };
		this.#faults = this.breakable ? faultsOf(truth, this.site, this.instrument) : [];
		this.#intact?.bind(truth);
	}

	/** Forgets everything that was computed: the truth turned out to have another past. */
	forget(): void {
		this.#cursor = null;
		this.#shownAtMs = NaN;
		this.presence += 1;
		this.window.clear(this.targets);
		for (const target of this.targets) target.checkpoints.clear();
		this.#intact = null;
	}

	/** Makes sure that samples in [fromMs, toMs] are held; those taken after `nowMs` are not shown. */
	ensure(fromMs: number, toMs: number, nowMs: number): void {
		const last = nodeAtOrBefore(Math.min(toMs, nowMs), this.phaseMs);
		const first = Math.min(last, nodeAtOrBefore(fromMs - SPREAD_MS, this.phaseMs) + 1);
		const { window } = this;
		if (nowMs === this.#shownAtMs && window.holds(first, last)) return;
		for (const gap of window.make(first, last)) {
			this.#admit(gap.from, gap.to);
			this.#compute(gap.from, gap.to);
			if (this.#faults.length > 0)
				applyFaults(this.#faults, this, gap.from, gap.to, () => (this.#intact ??= this.#shadow()));
		}
		this.#shownAtMs = nowMs;
		for (const target of this.targets) {
			const length = window.visible(target, nowMs);
			if ((length === 0) !== (target.length === 0)) this.presence += 1;
			target.length = length;
		}
	}

	#shadow(): Collector {
		const shadow = new Collector(this.site, this.instrument, this.season, false);
		if (this.#truth !== null) shadow.bind(this.#truth);
		return shadow;
	}

	#add(key: string, subject: Subject): void {
		const { seedHash, service } = this.site;
		const target = new Target(
			this.instrument,
			subject,
			jitterOf(seedHash, subject.name),
			this.instrument.scope === 'service'
				? () => 0
				: podRestlessness(noiseHash(seedHash, 'pod', subject.name), service.noise),
			noiseHash(seedHash, subject.name, this.instrument.id)
		);
		this.#byKey.set(key, target);
		this.targets.push(target);
		this.generation += 1;
	}

	/** Gives arrays to targets that exist in a stretch of the window. */
	#admit(from: number, to: number): void {
		const fromMs = nodeTime(from, this.phaseMs);
		const toMs = nodeTime(to, this.phaseMs);
		for (const target of this.targets)
			if (target.values.length === 0 && target.existsIn(fromMs, toMs)) this.window.admit(target);
	}

	#compute(from: number, to: number): void {
		const truth = this.#truth;
		if (truth === null) throw new Error('collector without truth');
		if (this.#counters.length === 0) {
			for (let k = from; k <= to; k += 1) this.#write(truth, k);
			return;
		}
		let k = from;
		for (; k <= to && k < this.#firstNode; k += 1) {
			this.#farSums(truth, k);
			this.#write(truth, k);
			this.#cursor = null;
		}
		if (k > to) return;
		let at = this.#resume(truth, k);
		const breaks = truth.breaks(this.site.name, nodeTime(at, this.phaseMs), nodeTime(to, this.phaseMs));
		let nextBreak = firstAfter(breaks, nodeTime(at, this.phaseMs));
		for (;;) {
			if (at >= k) this.#write(truth, at);
			if (at >= to) break;
			nextBreak = this.#advance(truth, at, breaks, nextBreak);
			at += 1;
			if (at % CHECKPOINT_STEPS === 0)
				for (const target of this.targets)
					if (target.countsSinceMs !== null || this.instrument.scope === 'service')
						target.checkpoints.set(at, target.sums.slice());
		}
		this.#cursor = at;
	}

	/** Sets every target's sums to a step at or before `k` and returns that step. */
	#resume(truth: Truth, k: number): number {
		const cursor = this.#cursor;
		const block = Math.floor(k / CHECKPOINT_STEPS) * CHECKPOINT_STEPS;
		if (cursor !== null && cursor <= k && cursor >= block) return cursor;
		let from = block;
		while (from > this.#firstNode && !this.targets.some((target) => target.checkpoints.has(from)))
			from -= CHECKPOINT_STEPS;
		if (cursor !== null && cursor <= k && cursor >= from) return cursor;
		if (from <= this.#firstNode) {
			this.#farSums(truth, this.#firstNode);
			return this.#firstNode;
		}
		for (const target of this.targets) {
			target.countsSinceMs = target.lifeAt(nodeTime(from, this.phaseMs))?.startedAtMs ?? null;
			const known = target.checkpoints.get(from);
			if (known === undefined) target.sums.fill(0);
			else target.sums.set(known);
		}
		return from;
	}

	/** Sums at a step before the integration begins: the usual rate over the season since the process began. */
	#farSums(truth: Truth, k: number): void {
		const tMs = nodeTime(k, this.phaseMs);
		const beginsMs = nodeTime(this.#firstNode, this.phaseMs);
		const seasonThen = Math.max(1e-6, this.season.world.season.at(beginsMs));
		const share = 1 / Math.max(1, truth.ready(this.site.name, beginsMs));
		for (const target of this.targets) {
			target.sums.fill(0);
			const life = target.lifeAt(tMs);
			target.countsSinceMs = life?.startedAtMs ?? null;
			if (this.instrument.scope !== 'service' && life === null) continue;
			this.#rates.fill(0);
			this.#alikeOf(truth, target).sampler(beginsMs, this.#rates, share);
			const sinceMs =
				life === null ? EVER_MS : this.instrument.counts === 'serving' ? life.readyAtMs : life.startedAtMs;
			const seconds = Math.max(0, this.season.between(Math.min(tMs, Math.max(EVER_MS, sinceMs)), tMs)) / seasonThen;
			for (const c of this.#counters) target.sums[c] = (this.#rates[c] ?? 0) * seconds;
		}
	}

	/** Integrates one step, piece by piece between the moments where the truth jumps. Returns the next such moment's index. */
	#advance(truth: Truth, k: number, breaks: readonly number[], nextBreak: number): number {
		const fromMs = nodeTime(k, this.phaseMs);
		const toMs = fromMs + STEP_MS;
		while (nextBreak < breaks.length && (breaks[nextBreak] ?? 0) <= fromMs) nextBreak += 1;
		// Noise is held for a step, so that all counters of a process rise by the same little more or less.
		for (let start = fromMs; start < toMs;) {
			const next = breaks[nextBreak] ?? Infinity;
			const end = Math.min(next, toMs);
			if (next <= toMs) nextBreak += 1;
			if (end > start) this.#piece(truth, start, end, fromMs);
			start = end;
		}
		return nextBreak;
	}

	/** Adds one stretch without jumps: the rate in its middle times its length. Exact where rates go straight. */
	#piece(truth: Truth, fromMs: number, toMs: number, nodeMs: number): void {
		const middle = (fromMs + toMs) / 2;
		const seconds = (toMs - fromMs) / 1000;
		const share = 1 / Math.max(1, truth.ready(this.site.name, middle));
		this.#moment += 1;
		for (const target of this.targets) {
			if (this.instrument.scope !== 'service') {
				const life = target.lifeAt(middle);
				if (life !== null && life.startedAtMs !== target.countsSinceMs) {
					target.sums.fill(0);
					target.countsSinceMs = life.startedAtMs;
				}
				if (life === null || (life.endedAtMs !== null && life.endedAtMs <= middle)) continue;
				if (this.instrument.counts === 'serving' && !servesAt(life, middle)) continue;
			}
			const shared = this.#alikeOf(truth, target);
			if (shared.moment !== this.#moment) {
				shared.moment = this.#moment;
				shared.sampler(middle, shared.out.fill(0), share);
			}
			const { sums } = target;
			const { out } = shared;
			const factor = this.instrument.counts === 'serving' ? seconds * (1 + target.restless(nodeMs)) : seconds;
			for (const c of this.#counters) sums[c] = (sums[c] ?? 0) + factor * (out[c] ?? 0);
		}
	}

	/** Samples of all targets at one step. */
	#write(truth: Truth, k: number): void {
		const tMs = nodeTime(k, this.phaseMs);
		const index = this.window.indexOf(k);
		const share = this.#others.length > 0 ? 1 / Math.max(1, truth.ready(this.site.name, tMs)) : 1;
		const load = this.#others.length > 0 ? this.#load(tMs) : 0;
		this.#moment += 1;
		for (const target of this.targets) {
			if (target.values.length === 0) continue;
			target.clock[index] = tMs + target.jitterMs;
			if (!target.answersAt(tMs)) {
				this.window.markStale(target, index);
				continue;
			}
			this.window.markFresh(target, index);
			const { block, sums } = target;
			const { capacity } = this.window;
			for (const c of this.#counters) {
				const grain = this.#grains[c] ?? 0;
				const within = this.#within[c] ?? -1;
				// What falls into a bucket falls into all above it, at the same moment: whole things are counted between two
				// bounds and then added up, so that no bucket ever grows by more than the one that contains it.
				const sum = within < 0 ? (sums[c] ?? 0) : (sums[c] ?? 0) - (sums[within] ?? 0);
				const shown = grain > 0 ? Math.floor(sum / grain + HAIR) * grain : sum;
				block[c * capacity + index] = within < 0 ? shown : (block[within * capacity + index] ?? 0) + shown;
			}
			if (this.#others.length === 0) continue;
			const shared = this.#alikeOf(truth, target);
			if (shared.moment !== this.#moment) {
				shared.moment = this.#moment;
				shared.sampler(tMs, shared.out, share);
			}
			for (const c of this.#others) {
				const column = this.instrument.columns[c];
				if (column !== undefined)
					block[c * capacity + index] = perceived(shared.out[c] ?? 0, column, target, c, tMs, load);
			}
		}
	}

	/** Targets that read the same truth share the work. */
	#alikeOf(truth: Truth, target: Target): Alike {
		if (target.alike !== null) return target.alike;
		const { name, version } = target.subject;
		const key = this.instrument.alike === 'version' ? version : `${name}|${version}`;
		let alike = this.#classes.get(key);
		if (alike === undefined) {
			const out = new Float64Array(this.instrument.columns.length);
			alike = { sampler: this.instrument.bind(truth, target.subject), out, moment: 0 };
			this.#classes.set(key, alike);
		}
		target.alike = alike;
		return alike;
	}
}

const EVER_MS = -60 * 86_400_000;

/** A gauge as it is read: with the service's restlessness and a little of its own. */
function perceived(value: number, column: Column, target: Target, c: number, tMs: number, load: number): number {
	if (column.kind === 'level') return value;
	const own = noise(target.columnHash + c, tMs, 50_000);
	const restless = value * (1 + column.noise * (own + (load + target.restless(tMs)) * 4));
	return Math.min(
		column.max,
		column.grain === 0
			? restless
			: column.grain === 1
				? Math.round(restless)
				: Math.round(restless / column.grain) * column.grain
	);
}

/** The index of the bucket below, where a column is a bucket of the same histogram; -1 where it is not. */
function bucketWithin(below: Column | undefined, column: Column, index: number): number {
	if (below?.name !== column.name || !column.name.endsWith('_bucket')) return -1;
	const alike = Object.entries(column.labels).every(([name, value]) => name === 'le' || below.labels[name] === value);
	return alike ? index - 1 : -1;
}

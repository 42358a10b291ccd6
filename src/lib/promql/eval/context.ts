/** The moving parts of one evaluation: where in time it stands, what it reads, and what it has used up. */
import type { ResolvedOptions } from '../options.ts';
import { PromqlFailure } from '../result.ts';
import type { Queryable } from '../series.ts';
import type { Repair } from './buckets.ts';

/** How far a repair of buckets went, over all samples that needed one. */
export interface RepairSpan {
	firstMs: number;
	lastMs: number;
	firstBound: number;
	lastBound: number;
	largest: number;
	samples: number;
}

export interface Remark {
	readonly level: 'warning' | 'info';
	readonly message: string;
	readonly start: number;
	readonly end: number;
	readonly repair?: RepairSpan;
}

interface Place {
	readonly start: number;
	readonly end: number;
}

export class Context {
	/** The moment being evaluated. */
	timeMs = 0;
	/** Different at every moment; what was computed under the same number is still right. */
	moment = 0;
	/** As `moment`, and also different for every rule of a tick. */
	freshMoment = 0;
	/** Different for every query, or every rule where a rule may read what an earlier one of the same tick recorded. */
	query = 0;
	/** As `query`, but only new when the tick is. */
	tick = 0;
	startMs = 0;
	endMs = 0;
	stepMs = 0;
	/** Samples held at once: results so far, what subqueries around have gathered, and those of this moment. */
	private retained = 0;
	private gathered = 0;
	private current = 0;
	/** Samples looked at since the query began. */
	private work = 0;
	private serial = 0;
	readonly remarks = new Map<string, Remark>();

	constructor(
		public queryable: Queryable,
		public options: ResolvedOptions
	) {}

	/** Starts a query over [startMs, endMs]; for an instant both are the same and the step is 0. */
	begin(startMs: number, endMs: number, stepMs: number): void {
		this.startMs = startMs;
		this.endMs = endMs;
		this.stepMs = stepMs;
		this.retained = this.gathered = this.current = this.work = 0;
		this.remarks.clear();
		this.query = this.tick = this.next();
		this.at(startMs);
	}

	/** Starts another rule of the same tick: what cannot have changed is kept. */
	nextRule(): void {
		this.query = this.freshMoment = this.next();
		this.retained = this.current = this.work = 0;
	}

	at(timeMs: number): void {
		this.timeMs = timeMs;
		this.current = 0;
		this.moment = this.freshMoment = this.next();
	}

	/** Evaluates at other moments and comes back; used by subqueries. */
	elsewhere(body: () => void): void {
		const { timeMs, moment, freshMoment, current, gathered } = this;
		this.gathered += current;
		try {
			body();
		} finally {
			this.timeMs = timeMs;
			this.moment = moment;
			this.freshMoment = freshMoment;
			this.current = this.gathered - gathered;
			this.gathered = gathered;
		}
	}

	/** Counts samples looked at in this moment and refuses when they are too many. */
	touch(count: number, place: Place): void {
		this.current += count;
		this.work += count;
		this.check(place);
	}

	/** Counts work that costs as much as looking at so many samples. */
	spend(count: number, place: Place): void {
		this.work += count;
		this.check(place);
	}

	/** Counts samples that a subquery keeps until it is done. */
	gather(count: number, place: Place): void {
		this.gathered += count;
		this.check(place);
	}

	/** Counts samples of the result. */
	retain(count: number, place: Place): void {
		this.retained += count;
		this.check(place);
	}

	private check(place: Place): void {
		const { maxSamples, maxWork } = this.options;
		if (this.retained + this.gathered + this.current > maxSamples) {
			throw new PromqlFailure(
				'limit',
				`query processing would load too many samples into memory in query execution: more than ${maxSamples}`,
				place.start,
				place.end
			);
		}
		if (this.work > maxWork) {
			throw new PromqlFailure(
				'limit',
				`query timed out in expression evaluation: it would look at more than ${maxWork} samples`,
				place.start,
				place.end
			);
		}
	}

	/** As `remark`, with the extent of a repair, which grows with every sample that needs one. */
	remarkRepair(message: string, at: Place, repair: Repair): void {
		const key = `${at.start}:${message}`;
		const span = this.remarks.get(key)?.repair;
		if (!span) {
			const { timeMs } = this;
			this.remarks.set(key, {
				level: 'info',
				message,
				start: at.start,
				end: at.end,
				repair: {
					firstMs: timeMs,
					lastMs: timeMs,
					firstBound: repair.first,
					lastBound: repair.last,
					largest: repair.largest,
					samples: 1
				}
			});
			return;
		}
		span.firstMs = Math.min(span.firstMs, this.timeMs);
		span.lastMs = Math.max(span.lastMs, this.timeMs);
		span.firstBound = Math.min(span.firstBound, repair.first);
		span.lastBound = Math.max(span.lastBound, repair.last);
		span.largest = Math.max(span.largest, repair.largest);
		span.samples += 1;
	}

	remark(level: Remark['level'], message: string, at: Place): void {
		const key = `${at.start}:${message}`;
		if (!this.remarks.has(key)) this.remarks.set(key, { level, message, start: at.start, end: at.end });
	}

	private next(): number {
		this.serial += 1;
		return this.serial;
	}
}

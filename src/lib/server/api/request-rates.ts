// How often one address may ask for what costs something.

import { TokenBucket, type Rate } from '../realtime/rate-limit.ts';

export const RATES = {
	/** Starting a run makes an incident. */
	start: { burst: 30, perSecond: 0.5 },
	/** A class joins from behind one address. */
	join: { burst: 80, perSecond: 3 },
	/** Guessing the administrator's secret. */
	secret: { burst: 10, perSecond: 0.1 },
	/** Half a minute of a core each. */
	rehearse: { burst: 10, perSecond: 0.1 },
	upload: { burst: 20, perSecond: 0.5 },
	/** A scenario is read again whenever its author pauses; the thread that plays it takes one at a time. */
	preview: { burst: 60, perSecond: 2 },
	/** A preview follows every change of a choice. */
	import: { burst: 60, perSecond: 1 },
	/** Alert sources repeat themselves; each has a bound of its own besides. */
	ingest: { burst: 300, perSecond: 30 },
	/** Dashboards of a class behind one address: what is asked of the workers has limits of its own. */
	tool: { burst: 600, perSecond: 100 },
	/** A future worked out costs a second of a process beside the server. */
	simulate: { burst: 20, perSecond: 0.3 },
	/** Dragging through a replay asks for moment after moment. */
	seek: { burst: 120, perSecond: 30 },
	read: { burst: 120, perSecond: 20 }
} as const satisfies Record<string, Rate>;
export type RateName = keyof typeof RATES;

const MOST_REMEMBERED = 10_000;

export class RequestRates {
	#buckets = new Map<string, TokenBucket>();
	#now: () => number;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** False where this address has asked too often. */
	take(name: RateName, address: string): boolean {
		const key = `${name} ${address}`;
		const bucket = this.#buckets.get(key) ?? new TokenBucket(RATES[name], this.#now);
		this.#buckets.set(key, bucket);
		if (this.#buckets.size > MOST_REMEMBERED) {
			for (const [known, one] of this.#buckets) if (one.full) this.#buckets.delete(known);
		}
		return bucket.take();
	}
}

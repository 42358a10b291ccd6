import { keyedHash, seasonAt, type World } from '../../world/index.ts';
import { STEP_MS } from './grid.ts';

/**
 * Counters are integrated step by step from here on (simulated milliseconds); before it nothing happens but the season,
 * and a counter is its rate at this moment spread over the season's integral. So last week costs no more than yesterday.
 */
export const INTEGRATION_BEGINS_MS = -66 * 60_000;

/** Steps between two remembered integrals: half an hour, what one look back at most computes again. */
export const CHECKPOINT_STEPS = 120;

/** Integral of the season over time, in seconds, from its own zero; by hours with Simpson's rule, remembered. */
export class SeasonIntegral {
	readonly #hours = new Map<number, number>();

	constructor(readonly world: World) {}

	/** Seconds at the season's mean that lie between two moments; negative if they are turned around. */
	between(fromMs: number, toMs: number): number {
		return this.#sinceZero(toMs) - this.#sinceZero(fromMs);
	}

	#sinceZero(tMs: number): number {
		const hour = Math.floor(tMs / HOUR);
		return this.#atHour(hour) + this.#simpson(hour * HOUR, tMs);
	}

	/** Integral from hour 0 to an hour; sums of whole hours one way or the other. */
	#atHour(hour: number): number {
		const known = this.#hours.get(hour);
		if (known !== undefined) return known;
		let value = 0;
		const step = hour < 0 ? -1 : 1;
		for (let h = 0; h !== hour; h += step) {
			const next = h + step;
			const remembered = this.#hours.get(next);
			value = remembered ?? value + this.#simpson(h * HOUR, next * HOUR);
			if (remembered === undefined) this.#hours.set(next, value);
		}
		return value;
	}

	#simpson(fromMs: number, toMs: number): number {
		if (toMs === fromMs) return 0;
		const at = (t: number) => seasonAt(this.world, t);
		return ((toMs - fromMs) / 6000) * (at(fromMs) + 4 * at((fromMs + toMs) / 2) + at(toMs));
	}
}

const HOUR = 3_600_000;

/** First step of the step-by-step integration for a service with that phase. */
export function firstNode(phaseMs: number): number {
	return Math.ceil((INTEGRATION_BEGINS_MS - phaseMs) / STEP_MS);
}

/** Key of a series' own noise. */
export function noiseHash(seedHash: number, ...parts: (string | number)[]): number {
	return keyedHash(seedHash, 'series', ...parts);
}

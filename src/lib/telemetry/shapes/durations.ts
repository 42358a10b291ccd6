import { normalCdf, normalQuantile } from './normal.ts';

/**
 * How long requests take: successes are log-normal with the truth's 95th percentile; failures that return at once are
 * much faster than a usual success; failures that hang last until somebody's patience ends.
 */

/** Upper bounds of the buckets of request durations, in seconds; +Inf comes last and is not listed. */
export const DURATION_BOUNDS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Spread of successes: the 99th percentile is 1.6 times the 95th, the median a third of it. */
export const SIGMA = 0.7;
const Z95 = normalQuantile(0.95);
const FAST_SIGMA = 0.5;
/** A request that fails at once takes this share of a usual median. */
const FAST_SHARE = 0.25;
const SLOW_SIGMA = 0.05;
const TIMEOUT_MIN_S = 10;
const TIMEOUT_MAX_S = 30;

export interface LogNormal {
	/** Natural logarithm of the median, in seconds. */
	mu: number;
	sigma: number;
}

/** Durations of requests that succeed, given the 95th percentile in milliseconds. */
export function successOf(p95Ms: number): LogNormal {
	return { mu: Math.log(Math.max(0.05, p95Ms) / 1000) - Z95 * SIGMA, sigma: SIGMA };
}

/** Durations of requests that fail, given how, the 95th percentile of successes now and on a quiet day (milliseconds). */
export function failureOf(failing: 'fast' | 'slow', p95Ms: number, quietP95Ms: number): LogNormal {
	if (failing === 'fast') return { mu: successOf(quietP95Ms).mu + Math.log(FAST_SHARE), sigma: FAST_SIGMA };
	const timeout = Math.min(TIMEOUT_MAX_S, Math.max(TIMEOUT_MIN_S, p95Ms / 1000));
	return { mu: Math.log(timeout * 0.98), sigma: SLOW_SIGMA };
}

/** Share of durations at most `seconds`, given its natural logarithm. */
export function shareBelow(distribution: LogNormal, logSeconds: number): number {
	return normalCdf((logSeconds - distribution.mu) / distribution.sigma);
}

/** Mean duration in seconds. */
export function meanOf({ mu, sigma }: LogNormal): number {
	return Math.exp(mu + (sigma * sigma) / 2);
}

/** The duration (seconds) that a share `u` in (0, 1) of requests stays below. */
export function durationAt({ mu, sigma }: LogNormal, u: number): number {
	return Math.exp(mu + sigma * quickQuantile(u));
}

/** Quantile of the standard normal, precise enough for drawing durations. */
function quickQuantile(u: number): number {
	const p = Math.min(0.9999, Math.max(0.0001, u));
	const tail = Math.sqrt(-2 * Math.log(p < 0.5 ? p : 1 - p));
	// Abramowitz and Stegun 26.2.23; error below 4.5e-4.
	const z =
		tail -
		(2.515517 + tail * (0.802853 + tail * 0.010328)) / (1 + tail * (1.432788 + tail * (0.189269 + tail * 0.001308)));
	return p < 0.5 ? -z : z;
}

/**
 * Endpoints are slower or faster than their service. This factor makes the mixture of all have the service's 95th
 * percentile; it depends on the shares and slownesses alone, since all scale together.
 */
export function endpointScale(endpoints: readonly { share: number; slower: number }[]): number {
	const total = endpoints.reduce((sum, endpoint) => sum + endpoint.share, 0);
	if (total <= 0) return 1;
	let low = Math.log(0.01);
	let high = Math.log(100);
	for (let i = 0; i < 60; i += 1) {
		const middle = (low + high) / 2;
		let below = 0;
		for (const { share, slower } of endpoints) below += share * normalCdf(Z95 - (Math.log(slower) + middle) / SIGMA);
		if (below / total > 0.95) low = middle;
		else high = middle;
	}
	return Math.exp((low + high) / 2);
}

import { keyedHash, unit } from '../../world/index.ts';

/** When targets are scraped: every 15 s, each service at its own moment within the interval, its pods close together. */

export const STEP_MS = 15_000;
/** Pods of one service are scraped within this long of each other. */
export const SPREAD_MS = 2_000;

/**
 * Where in the interval a service's samples are taken. Never on a whole second, where what people do begins to count, so
 * that a sample is clearly before or after it.
 */
export function phaseOf(seedHash: number, service: string): number {
	return Math.floor(unit(keyedHash(seedHash, 'phase', service)) * 12) * 1000 + 137;
}

/** How long after its service's moment a target is scraped. */
export function jitterOf(seedHash: number, target: string): number {
	return Math.floor(unit(keyedHash(seedHash, 'jitter', target)) * (SPREAD_MS / 100)) * 100;
}

/** Time of the k-th sample of a service with that phase. */
export function nodeTime(k: number, phaseMs: number): number {
	return k * STEP_MS + phaseMs;
}

/** The last sample at or before a moment. */
export function nodeAtOrBefore(tMs: number, phaseMs: number): number {
	return Math.floor((tMs - phaseMs) / STEP_MS);
}

/** The first sample at or after a moment. */
export function nodeAtOrAfter(tMs: number, phaseMs: number): number {
	return Math.ceil((tMs - phaseMs) / STEP_MS);
}

import { keyedHash, noise, unit } from '../world/index.ts';
import type { Truth } from './truth-view.ts';

/**
 * What instruments and logs alike perceive of a service: the truth with its everyday restlessness. Signals of one service
 * share their noise, so that a small wave of traffic is seen in CPU and latency too.
 */
export interface Signals {
	/** Requests per second, all pods together. */
	requests(tMs: number): number;
	/** Share of requests that fail, 0..1. */
	errors(tMs: number): number;
	/** 95th percentile of successful requests, milliseconds. */
	latency(tMs: number): number;
	failing(tMs: number): 'fast' | 'slow';
}

/** Signals of a service, or of a part of it such as a version. */
export function signalsOf(truth: Truth, service: string, where: Record<string, string>): Signals {
	const restless = restlessness(truth, service);
	const requests = truth.requests(service);
	const errors = truth.metric(service, 'errors', where);
	const latency = truth.metric(service, 'latency', where);
	return {
		requests: (t) => requests(t) * (1 + restless.load(t)),
		errors: (t) => {
			const share = errors(t);
			// Nothing fails a little more than always, or less than never.
			return share <= 0 || share >= 1 ? share : Math.min(1, share * (1 + restless.errors(t) * (1 - share)));
		},
		latency: (t) => latency(t) * (1 + restless.latency(t)),
		failing: (t) => truth.failing(service, where, t)
	};
}

/** Relative deviations of a service's signals at a moment; mean 0, of the size that the service's `noise` says. */
export interface Restlessness {
	load(tMs: number): number;
	errors(tMs: number): number;
	latency(tMs: number): number;
}

export function restlessness(truth: Truth, service: string): Restlessness {
	const sigma = truth.world.compiled.services[service]?.noise ?? 0.05;
	const hash = keyedHash(truth.world.seedHash, 'restless', service);
	const short = keyedHash(hash, 'short');
	const long = keyedHash(hash, 'long');
	const own = keyedHash(hash, 'latency');
	const wrong = keyedHash(hash, 'errors');
	const load = (t: number) => sigma * (1.1 * noise(short, t, 45_000) + 0.9 * noise(long, t, 400_000));
	return {
		load,
		errors: (t) => Math.max(0.1, 2 * sigma) * noise(wrong, t, 60_000),
		latency: (t) => 0.5 * load(t) + 0.6 * sigma * noise(own, t, 70_000)
	};
}

/** Share of the CPU limit in use: part of it moves with the requests, and so with their noise. */
export function perceivedCpu(
	truth: Truth,
	site: { name: string },
	where: Record<string, string>
): (tMs: number) => number {
	const cpu = truth.metric(site.name, 'cpu', where);
	const { load } = restlessness(truth, site.name);
	return (t) => {
		const used = cpu(t);
		// Who is at the limit cannot use more.
		return Math.min(1, Math.max(0, used * (1 + 0.7 * load(t) * (1 - used))));
	};
}

/** How one pod's share of the work differs from its sisters', as a relative deviation. */
export function podRestlessness(podHash: number, sigma: number): (tMs: number) => number {
	const bias = (unit(podHash) - 0.5) * 0.04;
	return (t) => bias + 0.6 * sigma * noise(podHash, t, 60_000);
}

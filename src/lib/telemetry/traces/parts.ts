import { baselineOf } from '../../world/index.ts';
import type { Call } from './calls.ts';
import type { RequestNode } from './node.ts';
import type { Scene } from './scene.ts';

/** Part of a request's time that is never spent waiting for others. */
const LEAST_OWN = 0.12;
/** A pool is scarce when less than this share of it is free. */
const SCARCE = 0.06;

/** Milliseconds of a slow request (the 95th percentile) that its service needs for itself, with the calls taken off. */
export function ownPart(scene: Scene, node: RequestNode, calls: readonly Call[], tMs: number): number {
	const all = scene.truth.metric(node.service, 'latency', { version: node.pod.version })(tMs);
	const usual = baselineOf(scene.truth.world, node.service, 'latency');
	return Math.max(LEAST_OWN * usual, all - waited(calls));
}

/** Of that, what is spent waiting for a connection of the pool: where none is free, what is longer than usual. */
export function poolPart(scene: Scene, node: RequestNode, calls: readonly Call[], own: number, tMs: number): number {
	const { pool } = scene.site(node.service).service;
	if (pool === undefined) return 0;
	const where = { version: node.pod.version };
	const size = Math.max(1, Math.round(scene.truth.metric(node.service, 'pool_size', where)(tMs)) || pool.size);
	const free = scene.truth.metric(node.service, 'pool_avail', where)(tMs);
	const scarcity = Math.max(0, 1 - free / (size * SCARCE));
	if (scarcity === 0) return 0;
	const usual = Math.max(
		LEAST_OWN * baselineOf(scene.truth.world, node.service, 'latency'),
		baselineOf(scene.truth.world, node.service, 'latency') -
			calls.reduce((sum, { to, count }) => sum + count * baselineOf(scene.truth.world, to, 'latency'), 0)
	);
	return Math.min(0.95 * own, Math.max(0, own - usual) * scarcity);
}

function waited(calls: readonly Call[]): number {
	return calls.reduce((sum, { p95, count }) => sum + p95 * count, 0);
}

import { keyedHash } from '../../world/index.ts';
import { spanIdOf } from '../logs/ids.ts';
import { durationAt } from '../shapes/durations.ts';
import { callsOf } from './calls.ts';
import { nodeLike, reachOf, routeLeadingTo, type RequestNode } from './node.ts';
import { choose, draw, spread, type Scene } from './scene.ts';
import { ownPart } from './parts.ts';

const MOST_STEPS_UP = 8;

/** The request as it entered the system: from the one that is known up through whoever called, each no shorter than what it waited for. */
export function ascend(scene: Scene, known: RequestNode, tMs: number): RequestNode {
	let node = known;
	const seen = new Set([known.service]);
	for (let i = 0; i < MOST_STEPS_UP; i += 1) {
		const above = callerOf(scene, node, tMs, seen);
		if (above === null) return node;
		seen.add(above.service);
		node = above;
	}
	return node;
}

function callerOf(scene: Scene, node: RequestNode, tMs: number, seen: ReadonlySet<string>): RequestNode | null {
	const hash = keyedHash(node.hash, 'up');
	const callers = scene.callers(node.service).filter(({ from }) => !seen.has(from));
	const traffic = (service: string) => scene.site(service).service.traffic;
	const dependency = choose(
		callers,
		(each) => traffic(each.from) * Math.min(1, each.latency || each.errors),
		draw(hash, 'who')
	);
	if (dependency === null) return null;
	const { from } = dependency;
	const failed = failsAbove(scene, node, from, reachOf({ dependency }), tMs, draw(hash, 'fails'));
	const above = nodeLike(
		scene,
		{ service: from, failed, durationMs: 1, hash, spanId: spanIdOf(hash), tMs },
		routeLeadingTo(scene, from, node, dependency.latency || dependency.errors)
	);
	if (above === null) return null;
	above.given = node;
	if (above.failure !== null && node.failure !== null) {
		const { failing } = node.failure;
		above.failure = { ...above.failure, callee: node.service, pool: false, failing };
	} else if (above.failure?.callee === node.service) above.failure = { ...above.failure, callee: null };
	above.durationMs = durationAbove(scene, above, node, tMs);
	return above;
}

/** Its own failures and those of others come on top of what this one passes on. */
function failsAbove(scene: Scene, node: RequestNode, from: string, reach: number, tMs: number, u: number): boolean {
	if (node.failure !== null) return u < reach;
	const all = scene.errors(from, tMs);
	const passed = reach * scene.errors(node.service, tMs);
	return u < Math.max(0, all - passed);
}

/** The part that the known call has of its caller's usual time says how long the caller took. */
function durationAbove(scene: Scene, above: RequestNode, node: RequestNode, tMs: number): number {
	const waited = node.durationMs + netMs(node.durationMs, above.hash);
	if (above.failure !== null && node.failure !== null) return waited * (1 + 0.08 * draw(above.hash, 'own')) + 0.4;
	const calls = callsOf(scene, above.service, above.route, above.hash, tMs, node.service);
	const own = ownPart(scene, above, calls, tMs);
	const this_ = calls.find(({ to }) => to === node.service)?.p95 ?? 1;
	const all = own + calls.reduce((sum, { p95, count }) => sum + p95 * count, 0);
	const here = scene.meets(above.service, above.pod.version, above.route, tMs);
	const longest = here ? durationAt(here.good, 0.999) * 1000 : Infinity;
	const wanted = (waited * all * spread(above.hash, 'above')) / this_;
	return Math.max(waited * 1.04 + 0.4, Math.min(wanted, longest));
}

/** Time on the wire between two services, there and back: milliseconds. */
export function netMs(durationMs: number, hash: number): number {
	return Math.min(0.25 + 0.6 * draw(hash, 'net'), 0.15 * durationMs);
}

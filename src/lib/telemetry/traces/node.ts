import { keyedHash, type Pod } from '../../world/index.ts';
import { outcomesOf, type Route } from '../families/http.ts';
import type { Conditions } from '../logs/conditions.ts';
import type { RequestLine } from '../logs/requests.ts';
import { durationAt } from '../shapes/durations.ts';
import type { LogRecord } from '../types.ts';
import { speaksOf, type Call } from './calls.ts';
import { failureAt, failureOfRecord, type Failure } from './failure.ts';
import { choose, draw, type Scene } from './scene.ts';

/** A request at one traced service: what its server span tells. */
export interface RequestNode {
	service: string;
	pod: Pod;
	route: Route;
	status: string;
	failure: Failure | null;
	durationMs: number;
	hash: number;
	spanId: string;
	/** The line that was kept of it. */
	record: LogRecord | null;
	/** The request further down that the trace was found by, if it came through here. */
	given: RequestNode | null;
}

/** The request that left a line. */
export function nodeOfLine(scene: Scene, line: RequestLine, record: LogRecord): RequestNode {
	const { site, pod, route, status, failed, here, hash, seconds } = line;
	return {
		service: site.name,
		pod,
		route,
		status,
		failure: failed ? failureOfRecord(scene, record, here.failing) : null,
		durationMs: seconds * 1000,
		hash,
		spanId: record.spanId,
		record,
		given: null
	};
}

/** A request that follows from another: a pod, a route and a status such as its outcome leaves likely. */
export function nodeLike(
	scene: Scene,
	of: { service: string; failed: boolean; durationMs: number; hash: number; spanId: string; tMs: number },
	fits: (route: Route) => number
): RequestNode | null {
	const { service, failed, durationMs, hash, spanId, tMs } = of;
	const { routes } = scene.conditions(service);
	const route = choose(routes, (each) => each.share * fits(each), draw(hash, 'route'));
	if (route === null) return null;
	const likely = (here: Conditions | null) =>
		here === null ? 0 : failed ? here.errors + 1e-9 : 1 - here.errors + 1e-9;
	const pods = scene.serving(service, tMs);
	const pod =
		choose(pods, (each) => likely(scene.meets(service, each.version, route, tMs)), draw(hash, 'pod')) ??
		scene.truth.lives(service).at(-1);
	const here = pod && scene.meets(service, pod.version, route, tMs);
	if (pod === undefined || !here) return null;
	return {
		service,
		pod,
		route,
		status: statusOf(route, failed ? here.failing : 'ok', draw(hash, 'status')),
		failure: failed ? failureAt(scene, service, pod.version, route, here, durationMs / 1000, tMs, hash) : null,
		durationMs,
		hash,
		spanId,
		record: null,
		given: null
	};
}

/** How well a route of the callee answers a call made while serving a route of the caller. */
export function routeAnswering(caller: Route, callee: string): (route: Route) => number {
	// Who may do what is asked the same way, whatever it is about.
	const gate = /auth|login|identity|token/.test(callee);
	const noun = (path: string) => (path.toLowerCase().match(/[a-z]{4,}/g) ?? []).at(-1) ?? '';
	return (route) => {
		if (gate) return /introspect|verify|check|validate|session/.test(route.path) ? 50 : route.method === 'GET' ? 5 : 1;
		if (route.path === caller.path) return route.method === caller.method ? 400 : 40;
		if (noun(route.path) !== '' && noun(route.path) === noun(caller.path))
			return route.method === caller.method ? 60 : 0.5;
		return route.method === caller.method ? 2 : 1;
	};
}

/** How likely a route of the caller led to a call of that service. */
export function routeLeadingTo(scene: Scene, caller: string, callee: RequestNode, weight: number) {
	const bound = weight < 1 && scene.conditions(caller).routes.some((each) => speaksOf(each, callee.service));
	return (route: Route): number => {
		if (bound) return speaksOf(route, callee.service) ? 1 : 0;
		return route.path === callee.route.path ? 40 : route.method === callee.route.method ? 2 : 1;
	};
}

/** Whether a call fails although its caller does not: what the caller can do without. */
export function toleratedShare(scene: Scene, call: Call, tMs: number): number {
	return Math.max(0, scene.errors(call.to, tMs)) * (1 - reachOf(call));
}

/** Probability that a failure of the callee, once called, fails the caller too. */
export function reachOf(call: Pick<Call, 'dependency'>): number {
	const { latency, errors } = call.dependency;
	const called = latency > 0 ? Math.min(1, latency) : Math.min(1, errors);
	return Math.min(1, errors / Math.max(0.01, called));
}

/** How long a request of that kind takes when it fails at once, milliseconds. */
export function quickFailureMs(scene: Scene, service: string, tMs: number, hash: number): number {
	const here = scene.traced(service) ? scene.conditions(service).at(scene.site(service).service.version, tMs)[0] : null;
	return here ? durationAt(here.failed, draw(hash, 'quick')) * 1000 : scene.p95(service, tMs) * 0.4;
}

export function childHash(node: RequestNode, ...what: (string | number)[]): number {
	return keyedHash(node.hash, ...what);
}

function statusOf(route: Route, kind: 'ok' | 'fast' | 'slow', u: number): string {
	let part = u;
	for (const outcome of outcomesOf(route)) if ((part -= outcome[kind]) < 0) return outcome.status;
	return kind === 'ok' ? '200' : '500';
}

import type { Dependency } from '../../scenario/library.ts';
import type { Service } from '../../scenario/scenario.schema.ts';
import { routesOf, type Route } from '../families/http.ts';
import { draw, type Scene } from './scene.ts';

/** A kind of call: what the span of the caller looks like. */
export type CallKind = 'http' | 'sql' | 'cache' | 'search' | 'queue' | 'storage' | 'vendor';

/** One service that a request calls, so many times one after the other. */
export interface Call {
	to: string;
	kind: CallKind;
	count: number;
	dependency: Dependency;
	/** 95th percentile of the callee now, milliseconds. */
	p95: number;
	/** Calls of one step run side by side, the steps one after the other. */
	step: number;
}

/** Who may use a thing is asked first, then what is cached, then others, then the database; what can wait is queued last. */
const ORDER: Record<CallKind, number> = { cache: 1, http: 2, vendor: 3, search: 3, storage: 3, sql: 4, queue: 5 };
const MOST_CALLS = 6;

/**
 * The calls that a request of a route makes. How many follow from the share of the callee's latency that the caller
 * feels: three times means three calls, a quarter means every fourth request. `must` is called in any case.
 */
export function callsOf(
	scene: Scene,
	service: string,
	route: Route,
	hash: number,
	tMs: number,
	must: string | null
): Call[] {
	const calls: Call[] = [];
	for (const dependency of scene.callees(service)) {
		const { to } = dependency;
		const weight = dependency.latency > 0 ? dependency.latency : Math.min(1, dependency.errors);
		const callee = scene.site(to).service;
		if (weight === 0 || to === service || callee.kind === 'job') continue;
		const count = countOf(scene, service, route, to, weight, draw(hash, 'calls', to));
		if (count === 0 && to !== must) continue;
		const kind = kindOf(callee);
		const p95 = scene.p95(to, tMs);
		calls.push({ to, kind, count: Math.max(1, Math.min(MOST_CALLS, count)), dependency, p95, step: 0 });
	}
	calls.sort((a, b) => orderOf(a) - orderOf(b));
	// Whether a program asks two services side by side is a matter of its code, not of the request.
	const code = draw(scene.truth.world.seedHash, 'side by side', service, route.path) < 0.5;
	calls.forEach((call, i) => {
		const before = calls[i - 1];
		const beside = code && before !== undefined && orderOf(call) === 2 && orderOf(before) === 2;
		call.step = before === undefined ? 0 : beside ? before.step : before.step + 1;
	});
	return calls;
}

export function kindOf(callee: Service): CallKind {
	switch (callee.kind) {
		case 'db':
			return callee.exports.includes('postgres') || callee.exports.includes('mysql') ? 'sql' : 'search';
		case 'cache':
		case 'queue':
		case 'vendor':
			return callee.kind;
		case 'storage':
			return 'storage';
		case 'network':
		case 'control':
		case 'job':
		case 'api':
		case 'observability':
			return callee.exports.includes('http') && callee.traffic > 0 ? 'http' : 'vendor';
	}
}

/** Whether a call comes before a request is let in. */
export function isGate(call: Call): boolean {
	return call.kind === 'http' && /auth|login|identity|token/.test(call.to);
}

function orderOf(call: Call): number {
	return isGate(call) ? 0 : ORDER[call.kind];
}

function countOf(scene: Scene, service: string, route: Route, to: string, weight: number, u: number): number {
	if (weight < 1) {
		const bound = routesOf(scene.site(service).service).filter((each) => speaksOf(each, to));
		// A gateway's route that bears the name of a service leads there, and its other routes do not.
		if (bound.length > 0) return speaksOf(route, to) ? 1 : 0;
	}
	return Math.floor(weight) + (u < weight % 1 ? 1 : 0);
}

/** Whether a route's path names a service: `/cart/*` speaks of `cart`. */
export function speaksOf(route: Route, service: string): boolean {
	const words = route.path.toLowerCase().match(/[a-z]{4,}/g) ?? [];
	return service
		.replace(/-(svc|service|api|core)$/, '')
		.split('-')
		.some((part) => part.length >= 4 && words.some((word) => word === part || word === `${part}s`));
}

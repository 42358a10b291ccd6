import { baselineOf } from '../../world/index.ts';
import type { Service } from '../../scenario/scenario.schema.ts';
import { counter, gauge, type Column, type Exporter, type Instrument, type Site } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';
import {
	DURATION_BOUNDS,
	endpointScale,
	failureOf,
	meanOf,
	shareBelow,
	successOf,
	type LogNormal
} from '../shapes/durations.ts';
import { signalsOf, type Signals } from '../signals.ts';
import type { Truth } from '../truth-view.ts';

/** What a service counts of the requests it answers: by outcome, by duration, and how many are under way. */

export interface Route {
	method: Service['endpoints'][number]['method'];
	path: string;
	share: number;
	slower: number;
}

/** Routes of a service with shares that sum to 1; one that stands for all where the topology names none. */
export function routesOf(service: Service): Route[] {
	const routes =
		service.endpoints.length > 0 ? service.endpoints : [{ method: 'GET' as const, path: '/', share: 1, slower: 1 }];
	const total = routes.reduce((sum, route) => sum + route.share, 0) || 1;
	return routes.map((route) => ({ ...route, share: route.share / total }));
}

/** Share of successes that are answered "not found", where a route can be. */
const NOT_FOUND = 0.006;

/** What a route answers: statuses of successes and failures with their shares of either, by how failures fail. */
export function outcomesOf(route: Route): { status: string; ok: number; fast: number; slow: number }[] {
	const failures = [
		{ status: '500', ok: 0, fast: 0.92, slow: 0.05 },
		{ status: '503', ok: 0, fast: 0.08, slow: 0.15 },
		{ status: '504', ok: 0, fast: 0, slow: 0.8 }
	];
	if (route.method === 'POST') return [{ status: '201', ok: 1, fast: 0, slow: 0 }, ...failures];
	return [
		{ status: '200', ok: 1 - NOT_FOUND, fast: 0, slow: 0 },
		{ status: '404', ok: NOT_FOUND, fast: 0, slow: 0 },
		...failures
	];
}

/** Signals per route: the same for all unless the scenario splits something by endpoint. */
export function routeSignals(
	truth: Truth,
	site: Site,
	where: Record<string, string>,
	routes: readonly Route[]
): Signals[] {
	const split = ['errors', 'latency'].some((metric) => truth.moved(site.name, metric, 'endpoint'));
	if (!split) {
		const shared = signalsOf(truth, site.name, where);
		return routes.map(() => shared);
	}
	return routes.map((route) => signalsOf(truth, site.name, { ...where, endpoint: route.path }));
}

function requestsInstrument(site: Site): Instrument {
	const routes = routesOf(site.service);
	const cells = routes.flatMap((route, r) => outcomesOf(route).map((outcome) => ({ route, r, outcome })));
	return {
		id: 'http-requests',
		scope: 'process',
		counts: 'serving',
		alike: 'version',
		columns: cells.map(({ route, outcome }) =>
			counter('http_requests_total', { method: route.method, endpoint: route.path, status: outcome.status })
		),
		labels: processLabels(site),
		bind(truth, { version }) {
			const signals = routeSignals(truth, site, { version }, routes);
			return (t, out, share) => {
				const requests = (signals[0]?.requests(t) ?? 0) * share;
				let errors = 0;
				let failing: 'fast' | 'slow' = 'fast';
				let known: Signals | undefined;
				for (let c = 0; c < cells.length; c += 1) {
					const cell = cells[c];
					if (cell === undefined) continue;
					const own = signals[cell.r];
					if (own !== undefined && own !== known) {
						known = own;
						errors = own.errors(t);
						failing = own.failing(t);
					}
					const { outcome, route } = cell;
					out[c] = requests * route.share * ((1 - errors) * outcome.ok + errors * outcome[failing]);
				}
			};
		}
	};
}

const LOG_BOUNDS = DURATION_BOUNDS.map((bound) => Math.log(bound));
const LABEL_BOUNDS = [...DURATION_BOUNDS.map(String), '+Inf'];
const LAST_BUCKET = LOG_BOUNDS.length;
/** Buckets, then the sum, then the count, which is the last bucket. */
const PER_PATH = LABEL_BOUNDS.length + 2;

function durationsInstrument(site: Site): Instrument {
	const routes = routesOf(site.service);
	const scale = endpointScale(routes);
	const paths = [...new Set(routes.map((route) => route.path))];
	// The histogram knows no methods: what shares a path shares its buckets.
	const parts = routes.map((route) => ({
		share: route.share,
		offset: Math.log(route.slower * scale),
		at: paths.indexOf(route.path) * PER_PATH
	}));
	return {
		id: 'http-durations',
		scope: 'process',
		counts: 'serving',
		alike: 'version',
		columns: paths.flatMap((endpoint, p): Column[] => [
			...LABEL_BOUNDS.map((le) => counter('http_request_duration_seconds_bucket', { endpoint, le })),
			counter('http_request_duration_seconds_sum', { endpoint }, 1e-6),
			{ ...counter('http_request_duration_seconds_count', { endpoint }), sameAs: p * PER_PATH + LAST_BUCKET }
		]),
		labels: processLabels(site),
		bind(truth, { version }) {
			const signals = routeSignals(truth, site, { version }, routes);
			const quiet = baselineOf(truth.world, site.name, 'latency');
			return (t, out, share) => {
				const requests = (signals[0]?.requests(t) ?? 0) * share;
				let known: Signals | undefined;
				let errors = 0;
				let failure = failureOf('fast', 1, 1);
				let success = successOf(1);
				for (let r = 0; r < parts.length; r += 1) {
					const part = parts[r];
					const own = signals[r];
					if (part === undefined || own === undefined) continue;
					if (own !== known) {
						known = own;
						errors = own.errors(t);
						const p95 = own.latency(t);
						success = successOf(p95);
						failure = failureOf(own.failing(t), p95, quiet);
					}
					addDurations(
						out,
						part.at,
						requests * part.share,
						errors,
						{ ...success, mu: success.mu + part.offset },
						failure
					);
				}
			};
		}
	};
}

/** Adds a flow of requests to the buckets, the sum and the count that begin at an index. */
function addDurations(
	out: Float64Array,
	at: number,
	rate: number,
	errors: number,
	good: LogNormal,
	failed: LogNormal
): void {
	for (let b = 0; b < LAST_BUCKET; b += 1) {
		const bound = LOG_BOUNDS[b] ?? 0;
		const share = (1 - errors) * shareBelow(good, bound) + (errors > 0 ? errors * shareBelow(failed, bound) : 0);
		out[at + b] = (out[at + b] ?? 0) + rate * share;
	}
	const sum = at + LAST_BUCKET + 1;
	out[at + LAST_BUCKET] = (out[at + LAST_BUCKET] ?? 0) + rate;
	out[sum] = (out[sum] ?? 0) + rate * ((1 - errors) * meanOf(good) + errors * meanOf(failed));
}

function inFlightInstrument(site: Site): Instrument {
	return {
		id: 'http-in-flight',
		scope: 'process',
		counts: 'serving',
		alike: 'version',
		columns: [gauge('http_requests_in_flight', {}, { noise: 0.12, grain: 1 })],
		labels: processLabels(site),
		bind(truth, { version }) {
			const signals = signalsOf(truth, site.name, { version });
			const quiet = baselineOf(truth.world, site.name, 'latency');
			return (t, out, share) => {
				const errors = signals.errors(t);
				const p95 = signals.latency(t);
				const mean = (1 - errors) * meanOf(successOf(p95)) + errors * meanOf(failureOf(signals.failing(t), p95, quiet));
				// Little's law: what is under way is the rate of arrival times the time that each stays.
				out[0] = signals.requests(t) * share * mean;
			};
		}
	};
}

export const http: Exporter = {
	comesWith: '`exports: [http]`',
	families: [
		{
			name: 'http_requests_total',
			type: 'counter',
			help: 'Requests answered, by method, endpoint and status.',
			unit: 'requests'
		},
		{
			name: 'http_request_duration_seconds',
			type: 'histogram',
			help: 'Time from a request to its answer, by endpoint.',
			unit: 'seconds'
		},
		{ name: 'http_requests_in_flight', type: 'gauge', help: 'Requests under way.', unit: 'requests' }
	],
	attach(site) {
		if (!site.service.exports.includes('http') || site.service.traffic === 0 || site.service.kind === 'vendor')
			return [];
		return [requestsInstrument(site), durationsInstrument(site), inFlightInstrument(site)];
	}
};

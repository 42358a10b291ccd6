// The HTTP API of Prometheus over one run: what Grafana, promtool, vmalert and a federating Prometheus send is answered as
// Prometheus would. Nothing is worked out here: questions go to the query workers.

import { StorageUnavailable } from '../db/storage.ts';
import type { Muster } from '../muster.ts';
import type { Ask, QuerySource } from '../queries/ask.ts';
import { QUERY_LIMITS } from '../queries/answer.ts';
import { sourceOf } from '../queries/service.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { givenToken, isToolToken } from './access.ts';
import { envelopeOf, ERROR_STATUS, errorEnvelope, errorOf, type ErrorEnvelope, type ErrorType } from './envelope.ts';
import { bad, durationOf, limitOf, readParameters, timeOf, type Parameters } from './parameters.ts';
import { alertsOf, ruleGroupsOf } from './rules.ts';
import { buildInfo, configYaml, flags, runtimeInfo } from './status.ts';

/** A request below `/api/runs/<id>/prometheus/`; `path` is the rest of its address. */
export interface ToolRequest {
	incidentId: string;
	path: string;
	request: Request;
	url: URL;
}

interface Context {
	muster: Muster;
	live: LiveIncident;
	course: PracticeCourse;
	source: QuerySource;
	parameters: Parameters;
	/** The present on the asker's clock, epoch ms. */
	now: number;
}
type Handler = (context: Context, path: string) => Promise<Response> | Response;

/** Answers a tool. Never throws for what a request can cause. */
export async function answerTool(
	muster: Muster,
	{ incidentId, path: whole, request, url }: ToolRequest
): Promise<Response> {
	const { path, token: inPath } = splitToken(whole);
	try {
		const token = givenToken(request, url, inPath);
		// Cookies do not count: no other site's page may ask with them.
		if (!token || !(await isToolToken(muster.storage, incidentId, token))) return unauthorized();
		const found = await muster.hub.find(incidentId);
		if (!found.ok) return refused(found.code === 'unknown_id' ? 'not_found' : 'unavailable', found.message);
		const { live } = found;
		const parameters = await readParameters(request, url);
		if (!parameters.ok) return failed(parameters.error);
		const clock = parameters.value.get('clock') ?? 'wall';
		if (clock !== 'wall' && clock !== 'sim') {
			return failed(bad('invalid parameter "clock": choose "wall" or "sim"').error);
		}
		const wall = muster.wallClock;
		const asked = sourceOf(live, clock === 'wall' ? wall.baseOf(live) : undefined);
		const { course } = live;
		if (!asked.ok || !(course instanceof PracticeCourse)) {
			return refused('unavailable', asked.ok ? 'There is nothing to ask here.' : asked.message);
		}
		const { source } = asked;
		const now = clock === 'wall' ? wall.now() : source.baseMs + live.clock.simMs;
		const handler = handlerFor(path);
		if (!handler) return refused('not_found', `there is no ${quoted(path)} here`);
		return await handler({ muster, live, course, source, parameters: parameters.value, now }, path);
	} catch (error) {
		if (error instanceof StorageUnavailable) return refused('unavailable', 'The database does not answer. Try again.');
		muster.metrics.faults.inc({ where: 'prometheus' });
		muster.log.error({ err: error, path }, 'a tool’s request failed');
		return refused('internal', 'Muster failed at this and wrote down why.');
	}
}

const API: Record<string, Handler> = {
	query: (context) => {
		const { parameters, now } = context;
		const at = timeOf(parameters, 'time', now);
		if (!at.ok) return failed(at.error);
		const limits = limitsOf(parameters);
		if (!limits.ok) return failed(limits.error);
		const query = parameters.get('query') ?? '';
		return asked(context, { type: 'instant', query, atMs: at.value, limits: limits.value });
	},
	query_range: (context) => {
		const { parameters } = context;
		const missing = ['start', 'end'].find((name) => !parameters.get(name));
		if (missing) return failed(bad(`invalid parameter "${missing}": cannot parse "" to a valid timestamp`).error);
		const span = spanOf(parameters, 0, 0);
		if (!span.ok) return failed(span.error);
		const step = durationOf(parameters, 'step', null);
		if (!step.ok) return failed(step.error);
		const { startMs, endMs } = span.value;
		const stepMs = Math.round(step.value);
		if (stepMs <= 0) return failed(bad(ZERO_STEP).error);
		if ((endMs - startMs) / stepMs > QUERY_LIMITS.maxPoints) return failed(bad(TOO_FINE).error);
		const limits = limitsOf(parameters);
		if (!limits.ok) return failed(limits.error);
		const query = parameters.get('query') ?? '';
		return asked(context, { type: 'range', query, startMs, endMs, stepMs, limits: limits.value });
	},
	query_exemplars: (context) => {
		const { parameters, now } = context;
		const span = spanOf(parameters, now - HOUR_MS, now);
		if (!span.ok) return failed(span.error);
		return asked(context, { type: 'exemplars', query: parameters.get('query') ?? '', ...span.value });
	},
	format_query: (context) => asked(context, { type: 'format', query: context.parameters.get('query') ?? '' }),
	parse_query: (context) => asked(context, { type: 'parse', query: context.parameters.get('query') ?? '' }),
	series: (context) => {
		if (context.parameters.getAll('match[]').length === 0) return failed(bad('no match[] parameter provided').error);
		return lookedUp(context, (found) => ({ type: 'series', ...found }));
	},
	labels: (context) => lookedUp(context, (found) => ({ type: 'labels', ...found })),
	metadata: (context) => {
		const limit = limitOf(context.parameters);
		if (!limit.ok) return failed(limit.error);
		const metric = context.parameters.get('metric') || null;
		return asked(context, { type: 'metadata', metric, limit: limit.value });
	},
	rules: ({ course, source, parameters }) => {
		const groups = ruleGroupsOf(course.engine.compiled, course.state, source.baseMs, parameters);
		return groups.ok ? succeeded(groups.value) : failed(groups.error);
	},
	alerts: ({ course, source }) => succeeded(alertsOf(course.state, source.baseMs)),
	targets: (context) => asked(context, { type: 'targets' }),
	alertmanagers: () => succeeded({ activeAlertmanagers: [], droppedAlertmanagers: [] }),
	'status/buildinfo': () => succeeded(buildInfo),
	'status/flags': () => succeeded(flags),
	'status/runtimeinfo': ({ source, now }) => succeeded(runtimeInfo({ startAt: source.baseMs, now })),
	'status/config': async ({ muster, source, now }) => {
		const span = { startMs: now - HOUR_MS, endMs: now };
		const ask = { type: 'labelValues', name: 'job', selectors: ['up'], limit: 0, ...span } as const;
		const jobs = await muster.queries.ask(source, ask, 'tool');
		return jobs.ok ? succeeded({ yaml: configYaml(jobs.value.values) }) : failed(errorOf(jobs));
	},
	read: () => refused('not_found', 'remote read is not offered: use query_range, or scrape /federate'),
	write: () => refused('not_found', 'a simulated system takes no samples from outside'),
	'admin/tsdb/delete_series': () => refused('unavailable', 'admin APIs disabled'),
	'admin/tsdb/clean_tombstones': () => refused('unavailable', 'admin APIs disabled'),
	'admin/tsdb/snapshot': () => refused('unavailable', 'admin APIs disabled')
};

function handlerFor(path: string): Handler | null {
	if (path === '' || path === '/') return () => text('The Prometheus HTTP API of a run stands below api/v1/.\n');
	if (path === 'metrics') return (context) => exposed(context, null);
	if (path === 'federate') return (context) => exposed(context, context.parameters.getAll('match[]'));
	if (path === '-/healthy' || path === '-/ready') return () => text('Prometheus Server is Ready.\n');
	if (path === 'api/v2/alerts') {
		return () => refused('not_found', 'a run takes no alerts: its own rules fire. Send alerts to an Alertmanager');
	}
	const values = /^api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
	if (values !== undefined) return (context) => labelValues(context, values);
	const name = path.startsWith('api/v1/') ? path.slice('api/v1/'.length) : '';
	return Object.hasOwn(API, name) ? (API[name] ?? null) : null;
}

function labelValues(context: Context, encoded: string): Promise<Response> | Response {
	// Names beyond the old letters come as `U__` and hexadecimal, which no series here has.
	const name = encoded;
	if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return failed(bad(`invalid label name: ${quoted(name)}`).error);
	return lookedUp(context, (found) => ({ type: 'labelValues', name, ...found }));
}

/** Names and values among what matches in a span: the last hour unless the request says another. */
function lookedUp(
	context: Context,
	ask: (found: { selectors: string[]; startMs: number; endMs: number; limit: number }) => Ask
): Promise<Response> | Response {
	const { parameters, now } = context;
	const span = spanOf(parameters, now - HOUR_MS, now);
	if (!span.ok) return failed(span.error);
	const limit = limitOf(parameters);
	if (!limit.ok) return failed(limit.error);
	return asked(context, ask({ selectors: parameters.getAll('match[]'), ...span.value, limit: limit.value }));
}

async function asked({ muster, source, parameters }: Context, ask: Ask): Promise<Response> {
	const timeout = durationOf(parameters, 'timeout', null);
	if (parameters.get('timeout') && !timeout.ok) return failed(timeout.error);
	const answer = await muster.queries.bytes(source, ask, 'tool', timeout.ok ? timeout.value : undefined);
	if (!answer.ok) return failed(errorOf(answer));
	return new Response(answer.bytes as Uint8Array<ArrayBuffer>, {
		status: statusOf(answer.bytes),
		headers: JSON_HEADERS
	});
}

async function exposed({ muster, source }: Context, selectors: string[] | null): Promise<Response> {
	const answer = await muster.queries.ask(source, { type: 'exposition', selectors }, 'tool');
	// Not JSON here: Prometheus itself answers a wrong selector of /federate in plain words.
	if (!answer.ok) return text(`${errorOf(answer).error}\n`, ERROR_STATUS[errorOf(answer).errorType]);
	return new Response(answer.value, {
		headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }
	});
}

function spanOf(
	parameters: Parameters,
	startAbsent: number,
	endAbsent: number
): { ok: true; value: { startMs: number; endMs: number } } | { ok: false; error: ErrorEnvelope } {
	const start = timeOf(parameters, 'start', startAbsent);
	if (!start.ok) return start;
	const end = timeOf(parameters, 'end', endAbsent);
	if (!end.ok) return end;
	if (end.value < start.value) return bad('invalid parameter "end": end timestamp must not be before start time');
	return { ok: true, value: { startMs: start.value, endMs: end.value } };
}

function limitsOf(
	parameters: Parameters
): { ok: true; value: { lookbackMs?: number } } | { ok: false; error: ErrorEnvelope } {
	if (!parameters.get('lookback_delta')) return { ok: true, value: {} };
	const lookback = durationOf(parameters, 'lookback_delta', null);
	if (!lookback.ok) return lookback;
	if (lookback.value <= 0) return bad('invalid parameter "lookback_delta": it must be more than nothing');
	return { ok: true, value: { lookbackMs: lookback.value } };
}

const HOUR_MS = 3_600_000;
const ZERO_STEP =
	'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer';
const TOO_FINE = `exceeded maximum resolution of ${QUERY_LIMITS.maxPoints.toLocaleString('en-US')} points per timeseries. Try decreasing the query resolution (?step=XX)`;
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const ERROR_TYPE = /^\{"status":"error","errorType":"([a-z_]+)"/;

/** The worker has encoded the whole envelope: its beginning says whether it is an error, and of which kind. */
function statusOf(bytes: Uint8Array): number {
	const type = ERROR_TYPE.exec(Buffer.from(bytes.subarray(0, 80)).toString('latin1'))?.[1];
	return type === undefined ? 200 : (ERROR_STATUS[type as ErrorType] ?? 500);
}

/** Takes the token out of `t/<token>/api/v1/…`. */
function splitToken(path: string): { path: string; token: string | null } {
	const found = /^t\/([^/]+)(?:\/(.*))?$/.exec(path);
	return found ? { path: found[2] ?? '', token: found[1] ?? null } : { path, token: null };
}

function succeeded(data: unknown): Response {
	return Response.json(envelopeOf(data), { headers: JSON_HEADERS });
}

function failed(error: ErrorEnvelope): Response {
	const headers: Record<string, string> = { ...JSON_HEADERS };
	if (error.errorType === 'unavailable') headers['retry-after'] = '2';
	return Response.json(error, { status: ERROR_STATUS[error.errorType], headers });
}

function refused(type: ErrorType, message: string): Response {
	return failed(errorEnvelope(type, message));
}

export function unauthorized(): Response {
	const error = errorEnvelope(
		'unauthorized',
		'this needs the token of the run: as bearer token, or as password with any user name. The room shows it under “Connect your tools”'
	);
	return Response.json(error, {
		status: 401,
		headers: { ...JSON_HEADERS, 'www-authenticate': 'Basic realm="Muster run", charset="UTF-8"' }
	});
}

function text(body: string, status = 200): Response {
	return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

function quoted(text: string): string {
	return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

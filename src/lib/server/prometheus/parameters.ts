// Reads the parameters of a request as Prometheus does: out of the URL and out of a form in the body. The URL is read first;
// vmalert sends its parameters there, with a JSON content type and an empty body.

import { parseDurationMs } from '../../promql/syntax/literal.ts';
import { readBytes } from '../api/body.ts';
import { errorEnvelope, type ErrorEnvelope } from './envelope.ts';

const MOST_BODY = 512 * 1024;

export type Parameters = URLSearchParams;
type Read<T> = { ok: true; value: T } | { ok: false; error: ErrorEnvelope };

export async function readParameters(request: Request, url: URL): Promise<Read<Parameters>> {
	const parameters = new URLSearchParams(url.searchParams);
	const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
	if (request.method !== 'POST' || !isForm) return { ok: true, value: parameters };
	const body = await readBytes(request, MOST_BODY);
	if (!body.ok) return bad(body.message);
	const form = new URLSearchParams(new TextDecoder().decode(body.value));
	// What the form says counts before what the URL says; lists hold both.
	for (const name of new Set(form.keys())) {
		const values = [...form.getAll(name), ...parameters.getAll(name)];
		parameters.delete(name);
		for (const value of values) parameters.append(name, value);
	}
	return { ok: true, value: parameters };
}

/** Epoch ms of a time parameter: seconds with a fraction, or RFC 3339. */
export function timeOf(parameters: Parameters, name: string, whenAbsent: number): Read<number> {
	const text = parameters.get(name);
	if (text === null || text === '') return { ok: true, value: whenAbsent };
	// How Go writes the ends of all time.
	if (/^-?\d{6,}-/.test(text)) return { ok: true, value: text.startsWith('-') ? -FAR_MS : FAR_MS };
	const seconds = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
	const ms = Number.isFinite(seconds) ? Math.round(seconds * 1000) : RFC3339.test(text) ? Date.parse(text) : NaN;
	if (!Number.isFinite(ms))
		return bad(`invalid parameter "${name}": cannot parse ${quoted(text)} to a valid timestamp`);
	return { ok: true, value: Math.max(-FAR_MS, Math.min(FAR_MS, ms)) };
}

/** Milliseconds of a duration parameter: seconds, or as PromQL writes durations. */
export function durationOf(parameters: Parameters, name: string, whenAbsent: number | null): Read<number> {
	const text = parameters.get(name) ?? '';
	if (text === '' && whenAbsent !== null) return { ok: true, value: whenAbsent };
	const ms = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) * 1000 : parseDurationMs(text);
	if (ms === undefined || !Number.isFinite(ms)) {
		return bad(`invalid parameter "${name}": cannot parse ${quoted(text)} to a valid duration`);
	}
	return { ok: true, value: ms };
}

/** A count; 0 means no limit. */
export function limitOf(parameters: Parameters, name = 'limit'): Read<number> {
	const text = parameters.get(name) ?? '';
	if (text === '') return { ok: true, value: 0 };
	if (/^-\d+$/.test(text)) return bad(`invalid parameter "${name}": ${name} must be non-negative`);
	if (!/^\d{1,9}$/.test(text)) return bad(`invalid parameter "${name}": ${quoted(text)} is not a number`);
	return { ok: true, value: Number(text) };
}

export function bad(message: string): { ok: false; error: ErrorEnvelope } {
	return { ok: false, error: errorEnvelope('bad_data', message) };
}

/** Further than anybody's clock: what lies beyond is cut down to it. */
const FAR_MS = 8e14;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/i;

/** What somebody sent, short enough to say back. */
function quoted(text: string): string {
	return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

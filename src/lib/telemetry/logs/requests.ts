import { keyedHash, type Pod } from '../../world/index.ts';
import type { LogLineSpec } from '../../scenario/scenario.schema.ts';
import { outcomesOf, type Route } from '../families/http.ts';
import type { Site } from '../collect/instrument.ts';
import { durationAt } from '../shapes/durations.ts';
import { servesAt } from '../truth-view.ts';
import type { LogRecord } from '../types.ts';
import { RequestConditions, SLOT_MS, type Conditions } from './conditions.ts';
import { drawOf } from './draws.ts';
import { failureWords } from './failure-words.ts';
import { requestHash, requestIdOf, requestSeed, spanIdOf, traceIdOf } from './ids.ts';
import { stackOf } from './stacks.ts';
import { SILENT, type Level, type LineDraft, type LineStream, type StreamContext } from './stream.ts';
import { fillIn, pickFrom } from './template.ts';

/** Keys of the draws that one request takes. */
const DRAW = { moment: 1, pod: 2, route: 3, outcome: 4, duration: 5, status: 6, line: 7, count: 8 } as const;

/** Lines of requests, as what they are. */
export interface RequestStream extends LineStream {
	linesIn(second: number): RequestLine[];
}

/**
 * One line per request (one in so many of them): from the same signals as the counters, so that nine per cent of errors
 * there are nine per cent of the lines here.
 */
export function requestLines(site: Site, context: StreamContext): RequestStream {
	const { truth, sampledOneIn } = context;
	const conditions = new RequestConditions(site, truth);
	const { routes } = conditions;
	const seed = requestSeed(site.seedHash, site.name);
	const serving = (tMs: number) => truth.lives(site.name).filter((life) => servesAt(life, tMs));

	function draft(second: number, k: number, pods: readonly Pod[]): RequestLine | null {
		const hash = requestHash(seed, second, k);
		const pod = pods[Math.floor(drawOf(hash, DRAW.pod) * pods.length)];
		let part = drawOf(hash, DRAW.route);
		let r = 0;
		while (r < routes.length - 1 && (part -= routes[r]?.share ?? 0) >= 0) r += 1;
		const route = routes[r];
		const here = pod && conditions.at(pod.version, second * 1000)[r];
		if (pod === undefined || route === undefined || here === undefined) return null;
		const simMs = second * 1000 + Math.floor(drawOf(hash, DRAW.moment) * 1000);
		const failed = drawOf(hash, DRAW.outcome) < here.errors;
		const written = failed
			? writtenLine(truth.state.logs, site.name, pod.version, simMs, drawOf(hash, DRAW.line))
			: null;
		const level = failed ? (written?.level ?? 'error') : drawOf(hash, DRAW.duration) > here.patience ? 'warn' : 'info';
		return new RequestLine(site, context, simMs, level, hash, pod, route, here, failed, written);
	}

	return {
		service: site.name,
		linesIn(second) {
			const expected = conditions.requests(second * 1000) / sampledOneIn;
			const more = drawOf(keyedHash(seed, second), DRAW.count) < expected % 1 ? 1 : 0;
			const count = Math.floor(expected) + more;
			if (count === 0) return [];
			const pods = serving(second * 1000);
			const lines: RequestLine[] = [];
			for (let k = 0; k < count; k += 1) {
				const line = draft(second, k, pods);
				if (line !== null) lines.push(line);
			}
			return lines;
		},
		countIn(fromMs, toMs) {
			// Wide slices are looked at in their middle, narrow ones where their lines look.
			const tMs = toMs - fromMs > SLOT_MS ? (fromMs + toMs) / 2 : fromMs;
			const pods = serving(tMs);
			if (pods.length === 0) return SILENT;
			const lines = (conditions.requests(tMs) * (toMs - fromMs)) / 1000;
			let errors = 0;
			let slow = 0;
			for (const { version } of pods) {
				conditions.at(version, tMs).forEach((here, r) => {
					const share = (routes[r]?.share ?? 0) / pods.length;
					errors += share * here.errors;
					slow += share * (1 - here.errors) * (1 - here.patience);
				});
			}
			return { error: lines * errors, warn: lines * slow, info: lines * Math.max(0, 1 - errors - slow) };
		}
	};
}

/** One request that left a line. */
export class RequestLine implements LineDraft {
	readonly weight: number;

	constructor(
		readonly site: Site,
		readonly context: StreamContext,
		readonly simMs: number,
		readonly level: Level,
		readonly hash: number,
		readonly pod: Pod,
		readonly route: Route,
		readonly here: Conditions,
		readonly failed: boolean,
		/** The words that a fault gives it, if any. */
		readonly written: LogLineSpec | null
	) {
		this.weight = context.sampledOneIn;
	}

	/** How long it took. */
	get seconds(): number {
		return durationAt(this.failed ? this.here.failed : this.here.good, drawOf(this.hash, DRAW.duration));
	}

	get status(): string {
		let part = drawOf(this.hash, DRAW.status);
		const kind = this.failed ? this.here.failing : 'ok';
		for (const outcome of outcomesOf(this.route)) if ((part -= outcome[kind]) < 0) return outcome.status;
		return this.failed ? '500' : '200';
	}

	record(complete: boolean): LogRecord {
		const { site, hash, pod, route, simMs, failed, written, level, here } = this;
		const { truth, pools } = this.context;
		const { status, seconds } = this;
		const facts = {
			hash,
			endpoint: route.path,
			version: pod.version,
			ms: seconds * 1000,
			host: pickFrom(pools.hosts, keyedHash(site.seedHash, pod.name), 'host')
		};
		const fields: Record<string, string> = {
			'http.request.method': route.method,
			'http.route': route.path,
			'http.response.status_code': status,
			'http.server.request.duration': (seconds >= 1 ? seconds.toFixed(2) : seconds.toFixed(4)) + 's',
			'client.address': pickFrom(pools.addresses, hash, 'address'),
			'user_agent.original': pickFrom(pools.userAgents, hash, 'agent'),
			customer: pickFrom(pools.customers, hash, 'customer'),
			'host.name': facts.host
		};
		if (complete) fields['request.id'] = requestIdOf(hash);
		let stack: string[] = [];
		let msg = `${route.method} ${route.path} ${status} ${Math.round(facts.ms)}ms`;
		if (level === 'warn') msg = `slow request: ${msg}`;
		if (written !== null) {
			msg = fillIn(written.message, facts, pools);
			stack = written.stack.map((line) => fillIn(line, facts, pools));
			for (const [name, value] of Object.entries(written.fields)) fields[name] = fillIn(value, facts, pools);
		} else if (failed) {
			const words = failureWords(truth, site, here.failing, simMs, facts.ms);
			msg = `${route.method} ${route.path} ${status}: ${words.msg}`;
			fields['error.type'] = words.type;
			if (words.peer !== null) fields['server.address'] = words.peer;
			stack = stackOf(site.service.runtime, {
				hash,
				service: site.name,
				method: route.method,
				route: route.path,
				message: words.msg,
				peer: words.peer,
				slow: here.failing === 'slow'
			});
		}
		return {
			simMs,
			level,
			service: site.name,
			instance: pod.name,
			version: pod.version,
			traceId: complete ? traceIdOf(hash) : '',
			spanId: complete ? spanIdOf(hash) : '',
			msg,
			fields,
			stack
		};
	}

	peek(name: string): string | undefined {
		switch (name) {
			case 'http.request.method':
				return this.route.method;
			case 'http.route':
				return this.route.path;
			case 'http.response.status_code':
				return this.written === null ? this.status : undefined;
			case 'instance':
				return this.pod.name;
			case 'version':
				return this.pod.version;
			default:
				return undefined;
		}
	}
}

/** The line that a fault makes this failing request write, by the shares that its lines claim; null for none of them. */
export function writtenLine(
	logs: readonly { line: LogLineSpec; fromMs: number; untilMs: number | null }[],
	service: string,
	version: string,
	simMs: number,
	draw: number
): LogLineSpec | null {
	let part = draw;
	for (const { line, fromMs, untilMs } of logs) {
		if (line.service !== service || line.of_errors === undefined) continue;
		if (line.version !== undefined && line.version !== version) continue;
		if (simMs < fromMs || (untilMs !== null && simMs >= untilMs)) continue;
		if ((part -= line.of_errors) < 0) return line;
	}
	return null;
}

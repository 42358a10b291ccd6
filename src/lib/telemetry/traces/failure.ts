import type { LogRecord } from '../types.ts';
import type { Route } from '../families/http.ts';
import type { Conditions } from '../logs/conditions.ts';
import { failureWords } from '../logs/failure-words.ts';
import { writtenLine } from '../logs/requests.ts';
import { fillIn } from '../logs/template.ts';
import { draw, type Scene } from './scene.ts';

/** Why a request failed, as its service tells it. */
export interface Failure {
	/** The service that was called and failed; null for a failure of its own. */
	callee: string | null;
	/** Its own: it waited for a connection of its pool. */
	pool: boolean;
	failing: 'fast' | 'slow';
	errorType: string;
	message: string;
	stack: string[];
}

/** The failure that a log line tells of. */
export function failureOfRecord(scene: Scene, record: LogRecord, failing: 'fast' | 'slow'): Failure {
	const errorType = record.fields['error.type'] ?? 'internal_error';
	return told(scene, record.service, errorType, record.msg, record.stack, record.fields['server.address'], failing);
}

/** The failure of a request that left no line, in the words that it would have had. */
export function failureAt(
	scene: Scene,
	service: string,
	version: string,
	route: Route,
	here: Conditions,
	seconds: number,
	tMs: number,
	hash: number
): Failure {
	const line = writtenLine(scene.truth.state.logs, service, version, tMs, draw(hash, 'line'));
	if (line === null) {
		const words = failureWords(scene.truth, scene.site(service), here.failing, tMs, seconds * 1000);
		return told(scene, service, words.type, words.msg, [], words.peer ?? undefined, here.failing);
	}
	const facts = { hash, endpoint: route.path, version, ms: seconds * 1000, host: scene.host(service, service) };
	const message = fillIn(line.message, facts, scene.pools);
	const stack = line.stack.map((each) => fillIn(each, facts, scene.pools));
	const peer = line.fields['server.address'];
	return told(scene, service, line.fields['error.type'] ?? 'error', message, stack, peer, here.failing);
}

function told(
	scene: Scene,
	service: string,
	errorType: string,
	message: string,
	stack: string[],
	peer: string | undefined,
	failing: 'fast' | 'slow'
): Failure {
	const pool = /pool/i.test(errorType) || /connection from pool|pool .*(exhausted|in use)/i.test(message);
	const callees = scene.callees(service).map(({ to }) => to);
	const named = peer ?? callees.find((to) => names(message, to));
	const callee = !pool && named !== undefined && callees.includes(named) ? named : null;
	return { callee, pool, failing, errorType, message, stack };
}

/** Whether a text names a service, as a word of its own. */
function names(text: string, service: string): boolean {
	const at = text.indexOf(service);
	if (at < 0) return false;
	const letter = /[a-zA-Z0-9_-]/;
	return !letter.test(text[at - 1] ?? ' ') && !letter.test(text[at + service.length] ?? ' ');
}

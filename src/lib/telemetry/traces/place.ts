import { keyedHash } from '../../world/index.ts';
import { spanIdOf } from '../logs/ids.ts';
import { netMs } from './ascend.ts';
import { callsOf, isGate, type Call } from './calls.ts';
import { childHash, nodeLike, quickFailureMs, routeAnswering, toleratedShare, type RequestNode } from './node.ts';
import { ownPart, poolPart } from './parts.ts';
import { draw, spread, type Scene } from './scene.ts';
import { clientSpan, poolSpan, serverSpan } from './span-words.ts';
import type { Span } from './types.ts';

const MOST_DEPTH = 10;
const MOST_SPANS = 300;
/** Share of failing calls that a proxy tries once more, as its retry counter has it. */
const RETRIED = 0.8;

/** What lies between the begin and the end of a request: stretches of its own, and steps of calls. */
interface Step {
	calls: { call: Call; ms: number; fails: boolean }[];
	/** Waiting for a connection of the pool. */
	poolMs: number;
	ms: number;
}

/** Writes the spans of a request and of all that it called, from a moment on. */
export function place(
	scene: Scene,
	node: RequestNode,
	at: { startMs: number; parentId: string | null; depth: number; tMs: number },
	into: Span[]
): void {
	into.push(serverSpan(scene, node, at.startMs, at.parentId));
	if (at.depth >= MOST_DEPTH || into.length > MOST_SPANS) return;
	const steps = stepsOf(scene, node, at.tMs);
	const busy = steps.reduce((sum, step) => sum + step.ms, 0);
	const idle = Math.max(0, node.durationMs - busy);
	const slices = steps.map((_, i) => 0.3 + draw(node.hash, 'slice', i));
	const last = node.failure?.callee ? 0.15 : 0.4 + draw(node.hash, 'slice', 'last');
	const total = slices.reduce((sum, slice) => sum + slice, last);
	let cursor = at.startMs;
	steps.forEach((step, i) => {
		cursor += (idle * (slices[i] ?? 0)) / total;
		if (step.poolMs > 0) into.push(poolSpan(scene, node, cursor, step.poolMs));
		for (const part of step.calls) placeCall(scene, node, part, cursor, at, into);
		cursor += step.ms;
	});
}

function stepsOf(scene: Scene, node: RequestNode, tMs: number): Step[] {
	const { failure, given, durationMs } = node;
	const culprit = failure?.callee ?? null;
	const must = culprit ?? given?.service ?? null;
	let calls = callsOf(scene, node.service, node.route, node.hash, tMs, must);
	const fixedMs = given === null ? 0 : given.durationMs + netMs(given.durationMs, node.hash);
	const free = Math.max(0, durationMs - fixedMs);
	const isGiven = (call: Call) => given !== null && call.to === given.service;
	if (failure !== null) {
		const until = culprit === null ? -1 : calls.findIndex(({ to }) => to === culprit);
		if (until >= 0) calls = calls.slice(0, until + 1);
		else if (failure.failing === 'fast' || failure.pool) calls = calls.filter((call) => isGate(call) || isGiven(call));
	}
	const own = ownPart(scene, node, calls, tMs);
	const pool = failure === null ? poolPart(scene, node, calls, own, tMs) : 0;
	const weightOf = (call: Call) => call.count * call.p95 * spread(node.hash, 'part', call.to);
	const others = calls.filter((call) => !isGiven(call));
	// Side by side counts once, with the longest.
	const perStep = new Map<number, number>();
	for (const call of others) perStep.set(call.step, Math.max(perStep.get(call.step) ?? 0, weightOf(call)));
	const ownWeight = own * spread(node.hash, 'own');
	const all = ownWeight + [...perStep.values()].reduce((sum, weight) => sum + weight, 0);

	/** Time of a call that is not the given one. */
	const timeOf = (call: Call): number => {
		if (failure !== null) {
			// Who fails gets what is left; what came before took its usual time, as far as there is room.
			const usual = Math.min(call.count * call.p95 * 0.45, (0.3 * free) / Math.max(1, calls.length));
			return call.to === culprit ? 0 : usual * spread(node.hash, 'before', call.to);
		}
		return (free * weightOf(call)) / all;
	};
	const steps: Step[] = [];
	for (const call of calls) {
		const ms = isGiven(call) ? fixedMs : timeOf(call);
		const known = steps.at(-1);
		const part = { call, ms, fails: call.to === culprit };
		if (known !== undefined && known.calls[0]?.call.step === call.step) known.calls.push(part);
		else steps.push({ calls: [part], poolMs: 0, ms: 0 });
	}
	for (const step of steps) step.ms = Math.max(...step.calls.map(({ ms }) => ms));
	settleFailure(node, steps, fixedMs);
	if (failure?.pool) {
		const spent = steps.reduce((sum, step) => sum + step.ms, 0);
		steps.push({ calls: [], poolMs: (durationMs - spent) * 0.98, ms: (durationMs - spent) * 0.98 });
	} else if (pool > 0) {
		const waitMs = (free * ownWeight * (pool / own)) / all;
		const database = steps.findIndex((step) => step.calls.some(({ call }) => call.kind === 'sql'));
		steps.splice(database < 0 ? steps.length : database, 0, { calls: [], poolMs: waitMs, ms: waitMs });
	}
	return steps;
}

/** The call that failed lasted until its caller gave up: nearly all that is left. */
function settleFailure(node: RequestNode, steps: Step[], fixedMs: number): void {
	const culprit = steps.find((step) => step.calls.some(({ fails }) => fails));
	const failed = culprit?.calls.find(({ fails }) => fails);
	if (culprit === undefined || failed === undefined) return;
	const before = steps.filter((step) => step !== culprit).reduce((sum, step) => sum + step.ms, 0);
	const given = node.given !== null && failed.call.to === node.given.service;
	// A caller that waits until its patience ends does nothing else.
	const least = node.failure?.failing === 'slow' ? 0.97 : 0.9;
	if (!given) failed.ms = Math.max(0, node.durationMs - before) * (least + (0.99 - least) * draw(node.hash, 'left'));
	else failed.ms = fixedMs;
	culprit.ms = Math.max(...culprit.calls.map(({ ms }) => ms));
}

function placeCall(
	scene: Scene,
	node: RequestNode,
	{ call, ms, fails }: Step['calls'][number],
	startMs: number,
	at: { depth: number; tMs: number },
	into: Span[]
): void {
	const given = node.given !== null && call.to === node.given.service;
	// The call by which the trace was found stands for itself.
	const count = given ? 1 : call.count;
	const parts = Array.from({ length: count }, (_, i) => 0.5 + draw(node.hash, 'share', call.to, i));
	const total = parts.reduce((sum, part) => sum + part, 0);
	const slip =
		node.failure === null && !given && draw(node.hash, 'slip', call.to) < toleratedShare(scene, call, at.tMs);
	let cursor = startMs;
	for (let i = 0; i < count; i += 1) {
		const share = (ms * (parts[i] ?? 0)) / total;
		const failed = (fails && i === count - 1) || (slip && i === 0);
		placeOne(scene, node, call, { startMs: cursor, ms: share * (count > 1 ? 0.97 : 1), failed, i, given }, at, into);
		cursor += share;
	}
}

function placeOne(
	scene: Scene,
	node: RequestNode,
	call: Call,
	one: { startMs: number; ms: number; failed: boolean; i: number; given: boolean },
	at: { depth: number; tMs: number },
	into: Span[]
): void {
	const { tMs } = at;
	const retries =
		call.kind === 'http' && !one.given && scene.site(node.service).service.exports.includes('tls') && one.i === 0;
	const again = retries && draw(node.hash, 'again', call.to) < RETRIED * (one.failed ? 1 : scene.errors(call.to, tMs));
	let { startMs, ms } = one;
	if (again) {
		const quick = Math.min(0.4 * ms, quickFailureMs(scene, call.to, tMs, childHash(node, 'try', call.to)));
		placeAttempt(scene, node, call, { ...one, startMs, ms: quick, failed: true, resend: 0, i: 100 }, at, into);
		startMs += quick * 1.02;
		ms -= quick * 1.02;
	}
	placeAttempt(scene, node, call, { ...one, startMs, ms, resend: again ? 1 : 0 }, at, into);
}

function placeAttempt(
	scene: Scene,
	node: RequestNode,
	call: Call,
	one: { startMs: number; ms: number; failed: boolean; i: number; given: boolean; resend: number },
	at: { depth: number; tMs: number },
	into: Span[]
): void {
	const hash = childHash(node, 'call', call.to, one.i, one.resend);
	const spanId = spanIdOf(hash);
	const child = childOf(scene, node, call, one, hash, at.tMs);
	into.push(clientSpan(scene, node, call, child, { ...one, spanId, hash }));
	if (child === null) return;
	const slack = Math.max(0, one.ms - child.durationMs);
	place(scene, child, { startMs: one.startMs + slack / 2, parentId: spanId, depth: at.depth + 1, tMs: at.tMs }, into);
}

/** The request that the callee saw; null where the callee writes no spans, or never saw it. */
function childOf(
	scene: Scene,
	node: RequestNode,
	call: Call,
	one: { ms: number; failed: boolean; given: boolean },
	hash: number,
	tMs: number
): RequestNode | null {
	if (call.kind !== 'http' || !scene.traced(call.to)) return null;
	if (one.given) return node.given;
	const durationMs = Math.max(0.05, one.ms - netMs(one.ms, hash));
	const child = keyedHash(hash, 'served');
	return nodeLike(
		scene,
		{ service: call.to, failed: one.failed, durationMs, hash: child, spanId: spanIdOf(child), tMs },
		routeAnswering(node.route, call.to)
	);
}

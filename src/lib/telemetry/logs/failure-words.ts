import { baselineOf, parseMetricKey } from '../../world/index.ts';
import type { Site } from '../collect/instrument.ts';
import type { Truth } from '../truth-view.ts';

/** What a service says about a failure for which the scenario has no words of its own. */
export interface FailureWords {
	msg: string;
	type: string;
	/** The service it waited for or heard a failure from. */
	peer: string | null;
}

/** A service whose own errors the scenario did not move blames the dependency that fails the most. */
export function failureWords(
	truth: Truth,
	site: Site,
	failing: 'fast' | 'slow',
	tMs: number,
	ms: number
): FailureWords {
	const peer = culprit(truth, site, tMs);
	if (failing === 'slow') {
		const seconds = `${(ms / 1000).toFixed(1)} s`;
		return peer === null
			? { msg: `request timed out after ${seconds}`, type: 'timeout', peer }
			: { msg: `no answer from ${peer} within ${seconds}`, type: 'timeout', peer };
	}
	return peer === null
		? { msg: 'internal error', type: 'internal_error', peer }
		: { msg: `${peer} answered with an error`, type: 'upstream_error', peer };
}

/** The callee whose failures a scenario hands on to this service, where it says so. */
function cascadeFrom(truth: Truth, service: string, tMs: number): string | null {
	const curves = truth.state.curves[`${service}.errors`] ?? [];
	const current = curves.findLast(({ atMs }) => atMs <= tMs);
	if (current?.shape !== 'cascade' || current.source === null) return null;
	const from = parseMetricKey(current.source).service;
	const calls = truth.world.callees.get(service) ?? [];
	return calls.some(({ to }) => to === from) ? from : null;
}

function culprit(truth: Truth, site: Site, tMs: number): string | null {
	if (tMs >= truth.movedFromMs(site.name, 'errors')) return cascadeFrom(truth, site.name, tMs);
	let worst: string | null = null;
	let most = 0.003;
	for (const { from, to, delayMs, errors } of truth.world.compiled.dependencies) {
		if (from !== site.name || errors === 0) continue;
		const excess = truth.metric(to, 'errors')(tMs - delayMs) - baselineOf(truth.world, to, 'errors');
		if (excess * errors > most) {
			most = excess * errors;
			worst = to;
		}
	}
	return worst;
}

import type { CompiledScenario } from '../scenario/library.ts';

const USUAL_ERRORS = 0.05;

/**
 * Where the team's own alert rules draw the line for a service's errors (ratio) or latency (seconds), so that charts and
 * pager speak of the same limit. Null where no rule says anything about its latency.
 */
export function ruleLimit(
	compiled: CompiledScenario,
	service: string | null,
	signal: 'errors' | 'latency'
): number | null {
	let general: number | null = signal === 'errors' ? USUAL_ERRORS : null;
	for (const group of compiled.rules.groups) {
		for (const rule of group.rules) {
			const { expr } = rule;
			if (typeof expr !== 'string' || rule.alert === undefined) continue;
			const about =
				signal === 'errors'
					? /http_requests_total\{[^}]*status=~/
					: /histogram_quantile\(\s*0\.9[59].*http_request_duration_seconds_bucket/s;
			const limit = />=?\s*(\d+(?:\.\d+)?)\s*$/.exec(expr)?.[1];
			if (!about.test(expr) || limit === undefined) continue;
			const named = /service="([^"]+)"/.exec(expr)?.[1];
			if (named !== undefined && named === service) return Number(limit);
			if (named === undefined) general = Number(limit);
		}
	}
	return general;
}

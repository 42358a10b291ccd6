/** Where alerts go: a tree of routes, as Alertmanager reads it. */
import type { Labels, Matcher } from '../series.ts';

export interface Route {
	readonly receiver: string;
	/** All must match; none matches everything. */
	readonly matchers: readonly Matcher[];
	/** Labels by which alerts are gathered into one notification; `all` keeps each to itself (`...`). */
	readonly groupBy: readonly string[] | 'all';
	/** How long a new group waits for its likes before it is told of. */
	readonly groupWaitMs: number;
	/** How often news of a known group are told at most. */
	readonly groupIntervalMs: number;
	/** How often a group is told of again though nothing is new. */
	readonly repeatIntervalMs: number;
	/** Whether the routes after this one are tried as well. */
	readonly continues: boolean;
	readonly routes: readonly Route[];
}

/** While a source fires, targets with the same values of `equal` are not told of. */
export interface InhibitRule {
	readonly source: readonly Matcher[];
	readonly target: readonly Matcher[];
	readonly equal: readonly string[];
}

export interface Silence {
	readonly matchers: readonly Matcher[];
	readonly startsMs: number;
	readonly endsMs: number;
}

export interface NotifyConfig {
	readonly route: Route;
	readonly inhibitRules: readonly InhibitRule[];
}

/** Alertmanager's own defaults of a route. */
export const ROUTE_DEFAULTS = {
	groupWaitMs: 30_000,
	groupIntervalMs: 5 * 60_000,
	repeatIntervalMs: 4 * 3_600_000
} as const;

export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
	return matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? ''));
}

/** A route with the way to it, which tells equal routes apart: `0`, `0/2`, `0/2/0`. */
export interface PlacedRoute {
	readonly route: Route;
	readonly path: string;
}

/** The routes an alert takes: the deepest that match, in order; several where one `continues`. */
export function routesOf(route: Route, labels: Labels, path = '0'): PlacedRoute[] {
	if (!matchesAll(route.matchers, labels)) return [];
	const found: PlacedRoute[] = [];
	for (const [at, child] of route.routes.entries()) {
		const inside = routesOf(child, labels, `${path}/${at}`);
		found.push(...inside);
		if (inside.length > 0 && !child.continues) break;
	}
	return found.length > 0 ? found : [{ route, path }];
}

/** Whether a firing alert keeps another quiet. */
export function isInhibited(rules: readonly InhibitRule[], target: Labels, firing: readonly Labels[]): boolean {
	return rules.some((rule) => {
		if (!matchesAll(rule.target, target)) return false;
		// What is both source and target cannot be kept quiet by its like: they would silence each other.
		const isBoth = matchesAll(rule.source, target);
		return firing.some(
			(source) =>
				matchesAll(rule.source, source) &&
				!(isBoth && matchesAll(rule.target, source)) &&
				rule.equal.every((name) => (source[name] ?? '') === (target[name] ?? ''))
		);
	});
}

export function isSilenced(silences: readonly Silence[], labels: Labels, nowMs: number): boolean {
	return silences.some(
		({ matchers, startsMs, endsMs }) => startsMs <= nowMs && nowMs < endsMs && matchesAll(matchers, labels)
	);
}

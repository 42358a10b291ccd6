import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	parse,
	eachExpression,
	type CompiledRules,
	type Queryable,
	type RuleGroup
} from '../../promql/index.ts';

/** One alert that fired, from when to when. Simulated milliseconds. */
export interface Firing {
	readonly labels: Readonly<Record<string, string>>;
	/** When its condition first held. */
	readonly activeMs: number;
	readonly firedMs: number;
	/** Null where it still fires at the end. */
	readonly resolvedMs: number | null;
}

export interface WatchedRule {
	/** `group/alert`, with `#2` where a group has the name again. */
	readonly key: string;
	readonly group: string;
	readonly alert: string;
	readonly severity: string;
	readonly firings: readonly Firing[];
	/** What went wrong when it was evaluated, once. */
	readonly problem: string | null;
}

const GRID_MS = 15_000;
/** Of what happened long before the begin only who was waiting counts: looked at once a minute. */
const CLOSE_MS = 15 * 60_000;
const COARSE_MS = 60_000;
/** So many firings of one rule are kept; a rule that flaps tells nothing new after that. */
const MOST_FIRINGS = 200;

/** Rules ready to be watched; the same can be watched over several worlds, one after the other. */
export interface Watch {
	readonly compiled: CompiledRules;
	/** Rules are looked at on multiples of this. Milliseconds. */
	readonly tickMs: number;
	/** How long before the begin they must have been looked at, for what they wrote and waited for. Milliseconds. */
	readonly warmUpMs: number;
}

/** Compiles groups that were checked before. Throws where they were not. */
export function watchOf(groups: readonly RuleGroup[]): Watch {
	const compiled = compileRules({ groups });
	if (!compiled.ok) throw new Error(compiled.error.message);
	const { rules } = compiled.value;
	const intervals = compiled.value.groups.map(({ intervalMs }) => intervalMs);
	const written = new Set(rules.filter(({ type }) => type === 'record').map(({ name }) => name));
	const reach = Math.max(0, ...rules.map(({ query }) => reachOver(query.text, written)));
	const patience = Math.max(0, ...rules.map(({ forMs }) => forMs));
	return {
		compiled: compiled.value,
		tickMs: Math.max(1_000, intervals.reduce(gcd, GRID_MS)),
		// Rules that look back for days warm up for hours: nothing in a scenario is older.
		warmUpMs: Math.ceil((Math.min(reach + patience, 2 * 3_600_000) + 5 * 60_000) / 60_000) * 60_000
	};
}

function gcd(a: number, b: number): number {
	return b === 0 ? a : gcd(b, a % b);
}

/** How far an expression looks back over what rules have written. */
function reachOver(text: string, written: ReadonlySet<string>): number {
	const query = parse(text);
	if (!query.ok) return 0;
	let reads = false;
	let reachMs = 0;
	for (const expr of eachExpression(query.value.root)) {
		if (expr.type === 'selector')
			reads ||= expr.matchers.some(({ name, value }) => name === '__name__' && written.has(value));
		for (const part of ['range' in expr ? expr.range : undefined, 'offset' in expr ? expr.offset : undefined])
			if (part?.type === 'seconds') reachMs += part.seconds * 1000;
	}
	return reads ? reachMs : 0;
}

/**
 * Looks at rules from `fromMs` (warmed up before it) until `untilMs`. Alerts that fire when it begins count as fired when they
 * did. `onTick` hears every minute how far it has come.
 */
export function watchRules(
	watch: Watch,
	queryableAt: (tMs: number) => Queryable,
	fromMs: number,
	untilMs: number,
	onTick?: (tMs: number) => void
): WatchedRule[] {
	const { compiled, tickMs, warmUpMs } = watch;
	const store = createMemoryStore();
	const alerts = compiled.rules.filter(({ type }) => type === 'alert');
	const firings = new Map(alerts.map(({ key }) => [key, [] as Firing[]]));
	const problems = new Map<string, string>();
	let state = emptyRuleState;
	for (let t = firstTick(fromMs - warmUpMs, tickMs); t <= untilMs; t += t < fromMs - CLOSE_MS ? COARSE_MS : tickMs) {
		const step = evaluateRules(compiled, state, queryableAt(t), t, { store, annotations: 'transitions' });
		state = step.state;
		for (const { rule, error } of step.errors) if (!problems.has(rule)) problems.set(rule, error.message);
		for (const { kind, rule, labels, activeAtMs } of step.transitions) {
			const list = firings.get(rule);
			if (!list) continue;
			if (kind === 'firing' && list.length < MOST_FIRINGS)
				list.push({ labels: withoutName(labels), activeMs: activeAtMs, firedMs: t, resolvedMs: null });
			if (kind === 'resolved') resolve(list, withoutName(labels), t);
		}
		if (t % 60_000 === 0) onTick?.(t);
	}
	return alerts.map(({ key, group, name, labels }) => ({
		key,
		group,
		alert: name,
		severity: labels.severity ?? '',
		// What came and went before the begin was never there to be seen.
		firings: (firings.get(key) ?? []).filter(({ resolvedMs }) => resolvedMs === null || resolvedMs >= fromMs),
		problem: problems.get(key) ?? null
	}));
}

/** A whole minute, so that the coarse steps of the warm-up meet every interval that divides one. */
function firstTick(tMs: number, tickMs: number): number {
	const step = COARSE_MS % tickMs === 0 ? COARSE_MS : tickMs;
	return Math.floor(tMs / step) * step;
}

function resolve(list: Firing[], labels: Readonly<Record<string, string>>, atMs: number): void {
	const text = textOf(labels);
	const at = list.findLastIndex((one) => one.resolvedMs === null && textOf(one.labels) === text);
	const firing = list[at];
	if (firing) list[at] = { ...firing, resolvedMs: atMs };
}

function withoutName(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const { alertname: _, ...rest } = labels;
	return rest;
}

function textOf(labels: Readonly<Record<string, string>>): string {
	return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

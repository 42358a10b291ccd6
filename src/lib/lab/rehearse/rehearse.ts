import { createEngine } from '../../engine/index.ts';
import type { RuleFile } from '../../promql/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { createObservation } from '../../telemetry/index.ts';
import { createWorld, initialWorldState } from '../../world/index.ts';
import { NOBODY } from '../policy.ts';
import { simulate } from '../simulate.ts';
import type { Renaming } from './known-metrics.ts';
import { watchOf, watchRules, type Watch, type WatchedRule } from './watch.ts';

/** Alerts ought to come so long before customers feel anything. */
export const WANTED_LEAD_MS = 10 * 60_000;

/**
 * - `early`: fired at least ten minutes before customers felt it.
 * - `before`: fired before they did, but by less.
 * - `after`: fired when they already did.
 * - `fired`: fired in a run that customers never felt.
 * - `silent`: did not fire.
 */
export type Timing = 'early' | 'before' | 'after' | 'fired' | 'silent';

export interface RehearsedRule {
	readonly key: string;
	readonly group: string;
	readonly alert: string;
	readonly severity: string;
	readonly timing: Timing;
	/** The first time it fired that the fault had to do with; null where it did not. Simulated milliseconds. */
	readonly firedMs: number | null;
	readonly activeMs: number | null;
	/** How long before the impact it fired, negative where after; null where either did not happen. */
	readonly leadMs: number | null;
	/** Label sets that fired, in the order in which they did. */
	readonly labels: readonly Readonly<Record<string, string>>[];
	/** Times it fired in the same hours without any fault. */
	readonly falseAlarms: readonly { readonly firedMs: number; readonly labels: Readonly<Record<string, string>> }[];
	readonly problem: string | null;
}

export interface RehearsedSet {
	/** All alerts that fired, had a problem, or gave a false alarm; those that stayed silent are counted alone. */
	readonly rules: readonly RehearsedRule[];
	readonly silent: number;
	/** The first of them to fire because of the fault; null where the incident was missed. */
	readonly first: { readonly alert: string; readonly firedMs: number; readonly leadMs: number | null } | null;
	readonly missed: boolean;
	readonly falseAlarms: number;
}

export interface RehearsedScenario {
	readonly scenario: string;
	readonly title: string;
	readonly version: string;
	readonly seed: string;
	readonly minutes: number;
	/** When customers began to feel it; null where they never do. Simulated milliseconds since the begin. */
	readonly impactMs: number | null;
	/** When the first fault began to move. */
	readonly faultMs: number | null;
	readonly team: RehearsedSet;
	readonly muster: RehearsedSet;
}

export interface RehearsalOptions {
	readonly seed: string;
	/** The team's names over ours; for the team's rules alone. */
	readonly rename?: Renaming;
	/** Hears the share that is done, 0..1. */
	readonly onProgress?: (share: number) => void;
}

/**
 * Plays a scenario without anybody acting, and its quiet twin in which nothing breaks, and looks at the team's rules and at
 * Muster's own over both. Pure: same scenario, rules and seed, same result.
 */
export function rehearseScenario(
	compiled: CompiledScenario,
	team: Watch,
	options: RehearsalOptions
): RehearsedScenario {
	const { scenario } = compiled;
	const { seed, rename = (given) => given, onProgress } = options;
	const untilMs = scenario.minutes * 60_000;
	const faultMs = scenario.faults.length > 0 ? Math.min(...scenario.faults.map(({ begins }) => begins)) : null;
	const fromMs = Math.min(0, faultMs ?? 0);
	const own = watchOf((compiled.rules as unknown as RuleFile).groups);
	const impact = impactOf(compiled, seed);
	onProgress?.(0.2);
	const look = (observed: ReturnType<typeof observedWorld>, begin: number) => {
		const span = untilMs - fromMs;
		const report = (half: number) => (t: number) => onProgress?.(begin + half + (0.2 * Math.max(0, t - fromMs)) / span);
		return {
			team: watchRules(team, (t) => rename(observed(t)), fromMs, untilMs, report(0)),
			own: watchRules(own, observed, fromMs, untilMs, report(0.2))
		};
	};
	const broken = look(observedWorld(compiled, seed, impact.world), 0.2);
	const quiet = look(observedWorld(withoutFaults(compiled), seed), 0.6);
	onProgress?.(1);
	return {
		scenario: scenario.id,
		title: scenario.title,
		version: compiled.contentHash,
		seed,
		minutes: scenario.minutes,
		impactMs: impact.startedMs,
		faultMs,
		team: summed(broken.team, quiet.team, impact.startedMs),
		muster: summed(broken.own, quiet.own, impact.startedMs)
	};
}

/** Teams compare with an hour ago, a day, a week: distances into the past that are kept at hand. */
const LONG_AGO_STORES = 12;

/** Plays the truth. Without people, rules change nothing of it, unless a fault waits for an alert: else none are looked at. */
function impactOf(compiled: CompiledScenario, seed: string) {
	const waits = JSON.stringify(compiled.scenario.faults).includes('"type":"alert"');
	const engine = createEngine(waits ? compiled : { ...compiled, rules: { groups: [] } }, seed);
	const { state, events } = simulate(engine, { seed, policy: NOBODY });
	const started = events.find(({ type }) => type === 'impact.started');
	return { startedMs: started?.simMs ?? null, world: state.world };
}

/** What can be seen of a world at any moment of it. */
function observedWorld(compiled: CompiledScenario, seed: string, state?: ReturnType<typeof initialWorldState>) {
	const world = createWorld(compiled, seed);
	const observation = createObservation(world, LONG_AGO_STORES);
	const seen = state ?? initialWorldState(world);
	return (tMs: number) => observation.queryable(seen, tMs);
}

/** The same hours in which nothing breaks: the quiet baseline. */
function withoutFaults(compiled: CompiledScenario): CompiledScenario {
	return { ...compiled, scenario: { ...compiled.scenario, faults: [] } };
}

function summed(broken: readonly WatchedRule[], quiet: readonly WatchedRule[], impactMs: number | null): RehearsedSet {
	const rules = broken.map((rule, at) => ruleOf(rule, quiet[at]?.firings ?? [], impactMs));
	const firsts = rules
		.flatMap(({ alert, firedMs, leadMs }) => (firedMs === null ? [] : [{ alert, firedMs, leadMs }]))
		.sort((a, b) => a.firedMs - b.firedMs);
	const worthTelling = rules.filter(
		({ timing, falseAlarms, problem }) => timing !== 'silent' || falseAlarms.length > 0 || problem !== null
	);
	return {
		rules: worthTelling,
		silent: rules.length - worthTelling.length,
		first: firsts[0] ?? null,
		missed: firsts.length === 0,
		falseAlarms: rules.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0)
	};
}

function ruleOf(rule: WatchedRule, quiet: WatchedRule['firings'], impactMs: number | null): RehearsedRule {
	const { key, group, alert, severity, firings, problem } = rule;
	// What fires at the same moment when nothing breaks has nothing to do with the fault.
	const usual = new Set(quiet.map((firing) => `${firing.firedMs} ${JSON.stringify(firing.labels)}`));
	const real = firings.filter((firing) => !usual.has(`${firing.firedMs} ${JSON.stringify(firing.labels)}`));
	const [first] = real.toSorted((a, b) => a.firedMs - b.firedMs);
	const leadMs = first && impactMs !== null ? impactMs - first.firedMs : null;
	return {
		key,
		group,
		alert,
		severity,
		timing: timingOf(first !== undefined, leadMs),
		firedMs: first?.firedMs ?? null,
		activeMs: first?.activeMs ?? null,
		leadMs,
		labels: real.map(({ labels }) => labels).slice(0, 20),
		falseAlarms: quiet.map(({ firedMs, labels }) => ({ firedMs, labels })),
		problem
	};
}

function timingOf(fired: boolean, leadMs: number | null): Timing {
	if (!fired) return 'silent';
	if (leadMs === null) return 'fired';
	return leadMs >= WANTED_LEAD_MS ? 'early' : leadMs > 0 ? 'before' : 'after';
}

// A scenario as a unit test for promtool: its rules, the series they read while nobody acts, and the alerts they must give. What is
// expected is worked out by our own rules from the very samples that are written, so promtool judges our PromQL as well.

import { stringify } from 'yaml';
import { createEngineWith } from '../engine/index.ts';
import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	type AlertState,
	type Labels,
	type Queryable,
	type RuleFile,
	type RuleState
} from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { createObservation } from '../telemetry/index.ts';
import { NOBODY } from './policy.ts';
import {
	EVALUATION_MS,
	exportedSeries,
	seriesName,
	seriesValues,
	SLOT_MS,
	type ExportedSeries
} from './promtool-series.ts';
import { simulate } from './simulate.ts';

export interface PromtoolExport {
	/** Contents by file name. */
	files: Record<string, string>;
	/** Name of the file to give to `promtool test rules`. */
	testFile: string;
	/** How many alerts are expected at how many moments. */
	moments: number;
	alerts: number;
}

export const RULES_FILE = 'rules.yaml';
export const TEST_FILE = 'alerts.test.yaml';
/** Moments per alert that are tested: an alert that flaps all the time is not shown in full. */
const MOST_MOMENTS = 40;

/** Plays the scenario with nobody acting and writes it down. Pure: the same scenario and seed give the same files. */
export function promtoolExport(compiled: CompiledScenario, seed: string): PromtoolExport {
	const read = new Map<string, Labels>();
	const engine = createEngineWith(compiled, seed, (world) => {
		const observation = createObservation(world);
		return {
			...observation,
			queryable: (state, nowMs) => noting(observation.queryable(state, nowMs), read)
		};
	});
	const run = simulate(engine, { seed, policy: NOBODY });
	const { observation, rules } = engine.machinery(seed);
	const toMs = Math.floor(run.state.simMs / EVALUATION_MS) * EVALUATION_MS;
	const window = { fromMs: -rules.warmUpMs, toMs };
	const series = exportedSeries((nowMs) => observation.queryable(run.state.world, nowMs), [...read.values()], window);

	const interval = `${EVALUATION_MS / 1000}s`;
	const left = new Set<string>();
	// One group: promtool takes several in any order, and an alert may read what was recorded in the same round.
	const rulesOfAll = compiled.rules.groups.flatMap((group) => group.rules.map((rule) => withoutLists(rule, left)));
	const groups = [{ name: compiled.scenario.id, interval, rules: rulesOfAll }];
	const endMs = toMs - window.fromMs;
	const tests = firm(
		expectations({ groups }, series, endMs),
		[1, -1].map((sign) => expectations({ groups }, nudged(series, sign), endMs))
	);
	const document = {
		rule_files: [RULES_FILE],
		evaluation_interval: interval,
		tests: [
			{
				name: compiled.scenario.title,
				interval: `${SLOT_MS / 1000}s`,
				input_series: series.map((one) => ({ series: seriesName(one.labels), values: seriesValues(one) })),
				alert_rule_test: tests
			}
		]
	};
	return {
		files: {
			[RULES_FILE]: stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false }),
			[TEST_FILE]:
				head(compiled, seed, -window.fromMs, [...left]) +
				stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })
		},
		testFile: TEST_FILE,
		moments: tests.length,
		alerts: tests.reduce((sum, { exp_alerts }) => sum + exp_alerts.length, 0)
	};
}

function head({ scenario }: CompiledScenario, seed: string, zeroMs: number, left: readonly string[]): string {
	const lists =
		left.length === 0
			? ''
			: `#
# Left out, because they list what a query finds and Prometheus promises no order: ${left.join(', ')}.
`;
	return `# ${scenario.title}: the alerts of scenario "${scenario.id}" (seed ${seed}) while nobody acts.
# Run it with: promtool test rules ${TEST_FILE}
#
# The scenario begins at ${minutes(zeroMs)} of this file; what lies before warms its rules up.
# Samples stand 5 or 10 seconds behind an evaluation, never on one (interval 5s, evaluation_interval 15s). So nothing
# stands on the edge of a range or of the lookback, and Prometheus 2, whose ranges are closed on the left, sees what
# Prometheus 3 sees, whose ranges are open there. Only what recording rules wrote stands on evaluations: a rule that reads
# it over a range may see one sample more under Prometheus 2.
${lists}`;
}

/** A rule without the annotations that list what a query finds: promtool compares them letter by letter, and orders vary. */
function withoutLists(rule: Record<string, unknown>, left: Set<string>): Record<string, unknown> {
	const { annotations, ...rest } = rule;
	if (typeof annotations !== 'object' || annotations === null) return rule;
	const kept = Object.entries(annotations).filter(([name, text]) => {
		const lists = /\{\{-?\s*range\b[^}]*\bquery\b/.test(String(text));
		if (lists) left.add(name);
		return !lists;
	});
	return { ...rest, annotations: Object.fromEntries(kept) };
}

/** A query's series, noted down as they are looked at. */
function noting(inner: Queryable, read: Map<string, Labels>): Queryable {
	return {
		select: (...span) => {
			const found = inner.select(...span);
			for (const { labels } of found) read.set(seriesName(labels), labels);
			return found;
		}
	};
}

interface Expected {
	eval_time: string;
	alertname: string;
	exp_alerts: { exp_labels: Labels; exp_annotations: Labels }[];
}

/** Far more than what the order of a sum can do, far less than anything that is shown. */
const NUDGE = 1e-12;

/** The same series, every second one a little higher and the others a little lower. */
function nudged(series: readonly ExportedSeries[], sign: number): ExportedSeries[] {
	return series.map(({ labels, samples }, at) => {
		const factor = 1 + (at % 2 === 0 ? sign : -sign) * NUDGE;
		const moved = [...samples].map(([slot, value]) => [slot, value === 'stale' ? value : value * factor] as const);
		return { labels, samples: new Map(moved) };
	});
}

/**
 * Expectations that hold however values are rounded. Prometheus adds series up in no certain order, so a figure that lies right between
 * two texts (23.995 %) reads one way or the other.
 */
function firm(expected: readonly Expected[], others: readonly Expected[][]): Expected[] {
	const texts = others.map((other) => new Set(other.map((one) => JSON.stringify(one))));
	return expected.filter((one) => texts.every((known) => known.has(JSON.stringify(one))));
}

/** What fires at every moment at which that changes, at the one before, and at the end. */
function expectations(file: { groups: object[] }, series: readonly ExportedSeries[], endMs: number): Expected[] {
	const rules = compileRules(file as RuleFile);
	if (!rules.ok) throw new Error(rules.error.message);
	const samples = createMemoryStore();
	for (const { labels, samples: bySlot } of series) {
		for (const [slot, value] of [...bySlot].sort(([a], [b]) => a - b)) {
			if (value === 'stale') samples.appendStale(labels, slot * SLOT_MS);
			else samples.append(labels, slot * SLOT_MS, value);
		}
	}
	const recorded = createMemoryStore();
	const names = [...new Set(rules.value.rules.filter(({ type }) => type === 'alert').map(({ name }) => name))];
	const told = new Map(names.map((name) => [name, new Map<number, Expected>()]));
	let state = emptyRuleState;
	let before: { state: RuleState; timeMs: number } | null = null;
	for (let timeMs = 0; timeMs <= endMs; timeMs += EVALUATION_MS) {
		const evaluated = evaluateRules(rules.value, state, samples, timeMs, { store: recorded });
		const [error] = evaluated.errors;
		if (error) throw new Error(error.error.message);
		state = evaluated.state;
		const changed = evaluated.transitions.filter(({ kind }) => kind === 'firing' || kind === 'resolved');
		for (const name of new Set(changed.map(({ alert }) => alert))) {
			const moments = told.get(name);
			if (!moments || moments.size >= MOST_MOMENTS) continue;
			if (before) moments.set(before.timeMs, expectedAt(name, before.state, before.timeMs));
			moments.set(timeMs, expectedAt(name, state, timeMs));
		}
		before = { state, timeMs };
	}
	if (before) for (const [name, moments] of told) moments.set(before.timeMs, expectedAt(name, state, before.timeMs));
	return [...told.values()].flatMap((moments) =>
		[...moments].sort(([a], [b]) => a - b).map(([, expected]) => expected)
	);
}

function expectedAt(alertname: string, state: RuleState, timeMs: number): Expected {
	const firing = Object.values(state.alerts)
		.flatMap((alerts) => Object.values(alerts))
		.filter((alert) => alert.state === 'firing' && alert.labels.alertname === alertname);
	return { eval_time: minutes(timeMs), alertname, exp_alerts: firing.map(asExpected) };
}

function asExpected({ labels: { alertname: _, ...labels }, annotations }: AlertState): Expected['exp_alerts'][number] {
	return { exp_labels: labels, exp_annotations: annotations };
}

function minutes(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
	return rest === 0 ? `${whole}m` : whole === 0 ? `${rest}s` : `${whole}m${rest}s`;
}

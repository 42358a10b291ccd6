// The rules of a run and their alerts, as `/api/v1/rules` and `/api/v1/alerts` tell of them: the engine's own state.

import { firstTick } from '../../engine/rule-runner.ts';
import type { EngineState } from '../../engine/types.ts';
import {
	compileRules,
	fromJsonNumber,
	parseSelector,
	type AlertState,
	type CompiledRule,
	type CompiledRules,
	type Matcher,
	type RuleFile
} from '../../promql/index.ts';
import { print } from '../../promql/syntax/print.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { bad, type Parameters } from './parameters.ts';
import type { ErrorEnvelope } from './envelope.ts';

/** The file that all rules seem to stand in: a scenario's own name would tell too much. */
export const RULE_FILE = '/etc/prometheus/rules/rules.yaml';

const TICK_MS = 15_000;
const compiledRules = new WeakMap<CompiledScenario, CompiledRules>();

function rulesOf(compiled: CompiledScenario): CompiledRules {
	const known = compiledRules.get(compiled);
	if (known) return known;
	const made = compileRules(compiled.rules as unknown as RuleFile);
	if (!made.ok) throw new Error(`rules of ${compiled.scenario.id}: ${made.error.message}`);
	compiledRules.set(compiled, made.value);
	return made.value;
}

/** `baseMs` is what simulated time 0 is on the asker's clock. */
export function alertsOf(state: EngineState, baseMs: number): object {
	const alerts = Object.values(state.rules.alerts).flatMap((byLabels) => Object.values(byLabels));
	return { alerts: alerts.map((alert) => alertOf(alert, baseMs)) };
}

export function ruleGroupsOf(
	compiled: CompiledScenario,
	state: EngineState,
	baseMs: number,
	parameters: Parameters
): { ok: true; value: object } | { ok: false; error: ErrorEnvelope } {
	const type = parameters.get('type') ?? '';
	if (type !== '' && type !== 'alert' && type !== 'record') {
		return bad(`invalid parameter "type": not supported value ${JSON.stringify(type.slice(0, 40))}`);
	}
	const selectors: (readonly Matcher[])[] = [];
	for (const text of parameters.getAll('match[]')) {
		const parsed = parseSelector(text);
		if (!parsed.ok) return bad(`invalid parameter "match[]": parse error: ${parsed.error.message}`);
		selectors.push(parsed.value);
	}
	const names = parameters.getAll('rule_name[]');
	const groups = parameters.getAll('rule_group[]');
	const files = parameters.getAll('file[]');
	const withoutAlerts = parameters.get('exclude_alerts') === 'true';
	const wanted = (rule: CompiledRule) =>
		(type === '' || rule.type === type) &&
		(names.length === 0 || names.includes(rule.name)) &&
		(selectors.length === 0 ||
			selectors.some((matchers) => matchers.every((matcher) => matcher.matches(rule.labels[matcher.name] ?? ''))));
	const lastMs = firstTick(state.simMs + 1) - TICK_MS;
	const evaluatedAt = new Date(baseMs + lastMs).toISOString();
	const found = rulesOf(compiled).groups.filter(({ name }) => groups.length === 0 || groups.includes(name));
	const filtered = names.length > 0 || selectors.length > 0 || type !== '';
	const told = found.map(({ name, intervalMs, limit, rules }) => ({
		name,
		file: RULE_FILE,
		rules: rules.filter(wanted).map((rule) => ruleOf(rule, state, baseMs, evaluatedAt, withoutAlerts)),
		interval: intervalMs / 1000,
		limit,
		evaluationTime: 0,
		lastEvaluation: evaluatedAt
	}));
	const inFile = files.length === 0 || files.includes(RULE_FILE) ? told : [];
	return { ok: true, value: { groups: inFile.filter(({ rules }) => !filtered || rules.length > 0) } };
}

function ruleOf(
	rule: CompiledRule,
	state: EngineState,
	baseMs: number,
	lastEvaluation: string,
	withoutAlerts: boolean
): object {
	const shared = {
		name: rule.name,
		query: print(rule.query.root),
		labels: rule.labels,
		health: 'ok',
		evaluationTime: 0,
		lastEvaluation
	};
	if (rule.type === 'record') return { ...shared, type: 'recording' };
	const alerts = Object.values(state.rules.alerts[rule.key] ?? {});
	const firing = alerts.some((alert) => alert.state === 'firing');
	return {
		...shared,
		state: firing ? 'firing' : alerts.length > 0 ? 'pending' : 'inactive',
		duration: rule.forMs / 1000,
		keepFiringFor: rule.keepFiringForMs / 1000,
		annotations: rule.annotations,
		...(!withoutAlerts && { alerts: alerts.map((alert) => alertOf(alert, baseMs)) }),
		type: 'alerting'
	};
}

function alertOf({ labels, annotations, state, activeAtMs, keptSinceMs, value }: AlertState, baseMs: number): object {
	return {
		labels,
		annotations,
		state,
		activeAt: new Date(baseMs + activeAtMs).toISOString(),
		...(keptSinceMs !== null && { keepFiringSince: new Date(baseMs + keptSinceMs).toISOString() }),
		value: scientific(fromJsonNumber(value))
	};
}

/** A number as Go's `%e` has it with as few digits as are needed: `6.25e-02`. */
export function scientific(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
}

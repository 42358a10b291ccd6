/** Evaluates rules at one moment: groups in order, rules in order, each seeing what those before it recorded. */
import type { Metric } from '../eval/metric.ts';
import { positionOf, PromqlFailure, type PromqlError } from '../result.ts';
import { parse } from '../parse.ts';
import type { Labels, Queryable } from '../series.ts';
import { createMemoryStore, overlay, type MemoryStore } from '../store.ts';
import { typeOf } from '../syntax/types.ts';
import type { TemplateHost } from '../template/functions.ts';
import { QuerySample } from '../template/value.ts';
import { toMap } from '../template/expand.ts';
import { stepAlerts, type AlertSample } from './alert.ts';
import type { CompiledGroup, CompiledRules, RunnableRule } from './compile.ts';
import { record, type Written } from './recorder.ts';
import type { AlertState, RecordedSample, RuleEvaluation, RuleProblem, RuleState, Transition } from './state.ts';

export interface RuleOptions {
	/**
	 * Where recorded samples go and where rules read them from, beside `queryable`, which must not contain it itself.
	 * The caller keeps it between evaluations; after a restart it is filled again by evaluating the time before.
	 * Without one, what a rule records is seen by the later rules of the same evaluation only.
	 */
	readonly store?: MemoryStore;
	readonly externalLabels?: Labels;
	readonly externalUrl?: string;
	/**
	 * When annotations are worded: at every evaluation, as Prometheus does, or only when an alert becomes pending or firing,
	 * which spares templates' queries where nobody reads them in between.
	 */
	readonly annotations?: 'every evaluation' | 'transitions';
}

/**
 * Evaluates all groups whose interval divides `timeMs`.
 * @returns the next state and what happened on the way. A rule that fails keeps its alerts and is named in `errors`.
 */
export function evaluateRules(
	compiled: CompiledRules,
	state: RuleState,
	queryable: Queryable,
	timeMs: number,
	options: RuleOptions = {}
): RuleEvaluation {
	const store = options.store ?? createMemoryStore();
	const { context } = compiled;
	context.queryable = overlay(queryable, store);
	const run: Run = {
		compiled,
		store,
		timeMs,
		externalLabels: options.externalLabels ?? {},
		host: hostOf(compiled, timeMs, options.externalUrl ?? ''),
		reword: options.annotations !== 'transitions',
		state,
		recorded: [],
		transitions: [],
		errors: []
	};
	let momentMs = NaN;
	for (const group of compiled.groups) {
		if (timeMs % group.intervalMs !== 0) continue;
		if (momentMs !== timeMs - group.offsetMs) {
			momentMs = timeMs - group.offsetMs;
			context.begin(momentMs, momentMs, 0);
		}
		for (const rule of group.rules) evaluateRule(run, group, rule);
	}
	return { state: run.state, recorded: run.recorded, transitions: run.transitions, errors: run.errors };
}

interface Run {
	readonly compiled: CompiledRules;
	readonly store: MemoryStore;
	readonly timeMs: number;
	readonly externalLabels: Labels;
	readonly host: TemplateHost;
	readonly reword: boolean;
	state: RuleState;
	readonly recorded: RecordedSample[];
	readonly transitions: Transition[];
	readonly errors: RuleProblem[];
}

function evaluateRule(run: Run, group: CompiledGroup, rule: RunnableRule): void {
	try {
		run.compiled.context.nextRule();
		if (rule.type === 'record') recordRule(run, group, rule);
		else alertRule(run, group, rule);
	} catch (error) {
		if (!(error instanceof PromqlFailure)) throw error;
		run.errors.push({ rule: rule.key, error: problem(rule, error) });
	}
}

function problem(rule: RunnableRule, error: PromqlFailure): PromqlError {
	return {
		code: error.code,
		message: `rule ${rule.key}: ${error.message}`,
		position: positionOf(rule.query.text, error.start, error.end)
	};
}

/** Calls `use` with each sample of the rule's expression; a number counts as one sample without labels. */
function eachSample(run: Run, rule: RunnableRule, use: (metric: Metric, value: number) => void): void {
	const { compiler, context } = run.compiled;
	if (rule.scalar) {
		use(compiler.interner.empty, rule.scalar(context));
		return;
	}
	if (!rule.vector) return;
	const { shape, values } = rule.vector(context);
	for (let at = 0; at < shape.length; at += 1) use(compiler.interner.final(shape[at] as Metric), values[at] as number);
}

function recordRule(run: Run, group: CompiledGroup, rule: RunnableRule): void {
	const { interner } = run.compiled.compiler;
	const written: Written[] = [];
	const seen = new Set<Labels>();
	const { root } = rule.query;
	eachSample(run, rule, (metric, value) => {
		let labels = rule.recordedAs.get(metric);
		if (!labels) {
			labels = interner.with(metric, { __name__: rule.name, ...rule.labels }, false).labels;
			rule.recordedAs.set(metric, labels);
		}
		if (seen.has(labels))
			throw new PromqlFailure(
				'execution',
				'vector contains metrics with the same labelset after applying rule labels',
				root.start,
				root.end
			);
		seen.add(labels);
		written.push({ labels, value });
	});
	if (group.limit > 0 && written.length > group.limit)
		throw new PromqlFailure(
			'limit',
			`exceeded limit of ${group.limit} with ${written.length} series`,
			root.start,
			root.end
		);
	record(run.store, rule.key, written, run.timeMs);
	for (const { labels, value } of written) run.recorded.push({ rule: rule.key, labels, value });
}

function alertRule(run: Run, group: CompiledGroup, rule: RunnableRule): void {
	const samples: AlertSample[] = [];
	eachSample(run, rule, (metric, value) => samples.push({ labels: metric.labels, value }));
	const before = run.state.alerts[rule.key];
	if (samples.length === 0 && before === undefined) {
		if (run.store.written.has(rule.key)) record(run.store, rule.key, [], run.timeMs);
		return;
	}
	const { alerts, transitions } = stepAlerts(
		rule,
		before,
		samples,
		run.timeMs,
		group.limit,
		run.externalLabels,
		run.host,
		run.reword
	);
	run.transitions.push(...transitions);
	const { [rule.key]: _, ...others } = run.state.alerts;
	run.state = { alerts: Object.keys(alerts).length > 0 ? { ...others, [rule.key]: alerts } : others };
	recordAlerts(run, rule, alerts);
}

/** `ALERTS` and `ALERTS_FOR_STATE`, as Prometheus writes them, so that rules and dashboards can ask what fires. */
function recordAlerts(run: Run, rule: RunnableRule, alerts: Readonly<Record<string, AlertState>>): void {
	const written: Written[] = [];
	for (const [key, alert] of Object.entries(alerts)) {
		const identity = rule.identities.ofAlert(alert.labels, key);
		written.push({ labels: alert.state === 'firing' ? identity.firing : identity.pending, value: 1 });
		written.push({ labels: identity.since, value: alert.activeAtMs / 1000 });
	}
	record(run.store, rule.key, written, run.timeMs);
}

function hostOf(compiled: CompiledRules, timeMs: number, externalUrl: string): TemplateHost {
	return {
		timeMs,
		externalUrl,
		query: (expression) => {
			let asked = compiled.asked.get(expression);
			if (!asked) {
				asked = compileAsked(compiled, expression);
				// Expressions built from values could be many.
				if (compiled.asked.size > 500) compiled.asked.clear();
				compiled.asked.set(expression, asked);
			}
			if (!asked.ok) throw new Error(asked.error.message);
			const { interner } = compiled.compiler;
			try {
				const { shape, values } = asked.value.node(compiled.context);
				return shape.map((metric, at) => new QuerySample(toMap(interner.final(metric).labels), values[at] as number));
			} catch (error) {
				if (error instanceof PromqlFailure) throw new Error(error.message, { cause: error });
				throw error;
			}
		}
	};
}

function compileAsked(compiled: CompiledRules, expression: string): ReturnType<CompiledRules['asked']['get']> & object {
	const query = parse(expression);
	if (!query.ok) return query;
	const { root } = query.value;
	const { compiler } = compiled;
	const type = typeOf(root);
	if (type === 'vector') return { ok: true, value: { query: query.value, node: compiler.vector(root) } };
	if (type === 'scalar') {
		const scalar = compiler.scalar(root);
		return {
			ok: true,
			value: {
				query: query.value,
				node: (context) => ({ shape: [compiler.interner.empty], values: Float64Array.of(scalar(context)) })
			}
		};
	}
	return {
		ok: false,
		error: {
			code: 'type',
			message: 'query result is not a vector or scalar',
			position: positionOf(expression, root.start, root.end)
		}
	};
}

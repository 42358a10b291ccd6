/**
 * PromQL, alert rules and their templates, as Prometheus 3 has them. Pure: samples come through `Queryable`, time is
 * an argument, and expected failures are values. It must not know what the samples mean or where they come from.
 */
export type { Labels, Matcher, MatchOp, Queryable, Series } from './series.ts';
export type { PromqlError, Position, Result, ErrorCode } from './result.ts';
export type { Evaluation, MatrixSeries, Value, VectorSample } from './value.ts';
export { formatAnnotation, type Annotation } from './annotation.ts';
export type { EvaluationOptions, RangeOptions } from './options.ts';
export type { Expr } from './syntax/ast.ts';
export type { Query } from './query.ts';
export { parse, parseSelector } from './parse.ts';
export { evaluateInstant, evaluateRange } from './evaluate.ts';
export { createMatcher } from './matcher.ts';
export { createMemoryStore, overlay, type MemoryStore } from './store.ts';
export type { RuleEntry, RuleFile, RuleGroup } from './rules/file.ts';
export { compileRules, type CompiledRule, type CompiledRules } from './rules/compile.ts';
export { evaluateRules, type RuleOptions } from './rules/evaluate.ts';
export {
	emptyRuleState,
	fromJsonNumber,
	type AlertState,
	type JsonNumber,
	type RecordedSample,
	type RuleEvaluation,
	type RuleProblem,
	type RuleState,
	type Transition,
	type TransitionKind
} from './rules/state.ts';
export { lintRule, type LintOptions } from './lint/rule.ts';
export type { KnownMetrics, Remark } from './lint/known.ts';
export { each as eachExpression, nameOf } from './lint/walk.ts';
export { positionOf } from './result.ts';
export {
	emptyNotifyState,
	nextFlushMs,
	stepNotifications,
	type NotifiedAlert,
	type Notification,
	type NotifyState
} from './notify/notify.ts';
export { ROUTE_DEFAULTS, type InhibitRule, type NotifyConfig, type Route, type Silence } from './notify/route.ts';

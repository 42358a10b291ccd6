/** Reads a rule file: expressions, durations, names and templates are checked here, once. */
import { Compiler } from '../eval/compile.ts';
import { Context } from '../eval/context.ts';
import type { Metric } from '../eval/metric.ts';
import type { ScalarNode, VectorNode } from '../eval/nodes.ts';
import { resolveOptions, type EvaluationOptions } from '../options.ts';
import { parse } from '../parse.ts';
import type { Query } from '../query.ts';
import { ok, fail, type PromqlError, type Result } from '../result.ts';
import type { Labels, Queryable } from '../series.ts';
import type { Selector } from '../syntax/ast.ts';
import { isLabelName, parseDurationMs, quote } from '../syntax/literal.ts';
import { typeOf } from '../syntax/types.ts';
import type { Template } from '../template/ast.ts';
import { compileTemplate } from '../template/expand.ts';
import { AlertIdentities } from './identity.ts';
import type { RuleEntry, RuleFile, RuleGroup } from './file.ts';

export interface CompiledRule {
	readonly type: 'record' | 'alert';
	/** `group/name`, with `#2` and so on where a group has the name again. */
	readonly key: string;
	readonly name: string;
	readonly group: string;
	readonly query: Query;
	readonly forMs: number;
	readonly keepFiringForMs: number;
	/** Of the group and the rule together, as written. */
	readonly labels: Labels;
	readonly annotations: Labels;
}

export interface CompiledGroup {
	readonly name: string;
	readonly intervalMs: number;
	readonly offsetMs: number;
	/** Most series or alerts one rule may give; 0 for any number. */
	readonly limit: number;
	readonly rules: readonly RunnableRule[];
}

export interface RunnableRule extends CompiledRule {
	readonly vector: VectorNode | undefined;
	readonly scalar: ScalarNode | undefined;
	readonly identities: AlertIdentities;
	/** Labels of what a recording rule writes, by the labels of the sample. */
	readonly recordedAs: WeakMap<Metric, Labels>;
	readonly annotationTemplates: readonly (readonly [string, Template])[];
}

/** A rule file ready to run. It keeps what it learnt of label sets between evaluations; results do not depend on that. */
export interface CompiledRules {
	readonly groups: readonly CompiledGroup[];
	readonly rules: readonly CompiledRule[];
	readonly compiler: Compiler;
	readonly context: Context;
	/** Expressions that templates ask for, compiled as they come up. */
	readonly asked: Map<string, Result<{ query: Query; node: VectorNode }>>;
}

const defaultIntervalMs = 15_000;
const nowhere: Queryable = { select: () => [] };

/** What an error says of where it lies. */
interface Site {
	readonly path: string;
	readonly label: string;
}

/**
 * Compiles a rule file.
 * @returns the first thing wrong with it, naming group, rule and place.
 */
export function compileRules(file: RuleFile, options?: EvaluationOptions): Result<CompiledRules> {
	const resolved = resolveOptions(options);
	const recorded = new Set(['ALERTS', 'ALERTS_FOR_STATE']);
	for (const group of file.groups)
		for (const rule of group.rules) if (rule.record !== undefined) recorded.add(rule.record);
	const isVolatile = (selector: Selector) => {
		const name = selector.matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=');
		return name === undefined || recorded.has(name.value);
	};
	const compiler = new Compiler({ delayedNameRemoval: resolved.delayedNameRemoval, share: true, isVolatile });
	const groups: CompiledGroup[] = [];
	const names = new Set<string>();
	for (const [at, group] of file.groups.entries()) {
		const site = { path: `groups[${at}]`, label: `group ${quote(group.name)}` };
		if (names.has(group.name))
			return refuse(site, 'name', `groupname: ${quote(group.name)} is repeated in the same file`);
		names.add(group.name);
		const compiled = compileGroup(group, site, compiler);
		if (!compiled.ok) return compiled;
		groups.push(compiled.value);
	}
	return ok({
		groups,
		rules: groups.flatMap((group) => group.rules),
		compiler,
		context: new Context(nowhere, resolved),
		asked: new Map()
	});
}

function compileGroup(group: RuleGroup, site: Site, compiler: Compiler): Result<CompiledGroup> {
	if (group.name === '') return refuse(site, 'name', 'groupname must not be empty');
	const interval = duration(group.interval, site, 'interval');
	if (!interval.ok) return interval;
	const offset = duration(group.query_offset, site, 'query_offset');
	if (!offset.ok) return offset;
	const rules: RunnableRule[] = [];
	const uses = new Map<string, number>();
	for (const [at, entry] of group.rules.entries()) {
		const name = entry.alert ?? entry.record ?? '';
		const use = (uses.get(name) ?? 0) + 1;
		uses.set(name, use);
		const key = `${group.name}/${name}${use > 1 ? `#${use}` : ''}`;
		const ruleSite = { path: `${site.path}.rules[${at}]`, label: `${site.label}, rule ${at + 1}, ${quote(name)}` };
		const compiled = compileRule(entry, group, key, ruleSite, compiler);
		if (!compiled.ok) return compiled;
		rules.push(compiled.value);
	}
	return ok({
		name: group.name,
		intervalMs: interval.value || defaultIntervalMs,
		offsetMs: offset.value,
		limit: group.limit ?? 0,
		rules
	});
}

function compileRule(
	entry: RuleEntry,
	group: RuleGroup,
	key: string,
	site: Site,
	compiler: Compiler
): Result<RunnableRule> {
	const type = entry.alert !== undefined ? 'alert' : 'record';
	const name = entry.alert ?? entry.record ?? '';
	if (entry.alert !== undefined && entry.record !== undefined)
		return refuse(site, 'record', "only one of 'record' and 'alert' must be set");
	if (name === '') return refuse(site, 'alert', "one of 'record' or 'alert' must be set");
	if (type === 'record') {
		for (const field of ['for', 'keep_firing_for', 'annotations'] as const) {
			if (entry[field] !== undefined) return refuse(site, field, `invalid field '${field}' in recording rule`);
		}
		if (!isLabelName(name)) return refuse(site, 'record', `invalid recording rule name: ${name}`);
		if (/[{}]/.test(name))
			return refuse(site, 'record', `braces present in the recording rule name; should it be in expr?: ${name}`);
	}
	if (entry.expr === undefined || String(entry.expr) === '')
		return refuse(site, 'expr', "field 'expr' must be set in rule");
	const query = parse(String(entry.expr));
	if (!query.ok) return fail(inside(site, 'expr', `could not parse expression: ${query.error.message}`, query.error));
	const valueType = typeOf(query.value.root);
	if (valueType !== 'vector' && valueType !== 'scalar')
		return refuse(
			site,
			'expr',
			`rule result is not a vector or scalar but a ${valueType === 'matrix' ? 'range vector' : 'string'}`
		);
	const forMs = duration(entry.for, site, 'for');
	if (!forMs.ok) return forMs;
	const keep = duration(entry.keep_firing_for, site, 'keep_firing_for');
	if (!keep.ok) return keep;
	const labels = { ...group.labels, ...entry.labels };
	for (const [label, text] of Object.entries(labels)) {
		if (!isLabelName(label) || label === '__name__') return refuse(site, 'labels', `invalid label name: ${label}`);
		if (/\p{Surrogate}/u.test(text)) return refuse(site, `labels.${label}`, `invalid label value: ${quote(text)}`);
	}
	for (const label of Object.keys(entry.annotations ?? {}))
		if (!isLabelName(label)) return refuse(site, 'annotations', `invalid annotation name: ${label}`);
	const labelTemplates = type === 'alert' ? templates(labels, site, 'labels') : ok([]);
	if (!labelTemplates.ok) return labelTemplates;
	const annotationTemplates = templates(entry.annotations ?? {}, site, 'annotations');
	if (!annotationTemplates.ok) return annotationTemplates;
	const { root } = query.value;
	let vector: VectorNode | undefined;
	let scalar: ScalarNode | undefined;
	try {
		if (valueType === 'vector') vector = compiler.vector(root);
		else scalar = compiler.scalar(root);
	} catch (error) {
		return refuse(site, 'expr', error instanceof Error ? error.message : String(error));
	}
	return ok({
		type,
		key,
		name,
		group: group.name,
		query: query.value,
		forMs: forMs.value,
		keepFiringForMs: keep.value,
		labels,
		annotations: entry.annotations ?? {},
		vector,
		scalar,
		identities: new AlertIdentities(name, labelTemplates.value, compiler.interner),
		recordedAs: new WeakMap(),
		annotationTemplates: annotationTemplates.value
	});
}

function templates(texts: Labels, site: Site, field: string): Result<(readonly [string, Template])[]> {
	const compiled: (readonly [string, Template])[] = [];
	for (const [name, text] of Object.entries(texts)) {
		const template = compileTemplate(String(text));
		if (!template.ok)
			return fail(
				inside(
					site,
					`${field}.${name}`,
					`template of ${field.replace(/s$/, '')} ${quote(name)}: ${template.error.message}`,
					template.error
				)
			);
		compiled.push([name, template.value]);
	}
	return ok(compiled);
}

function duration(value: string | number | undefined, site: Site, field: string): Result<number> {
	if (value === undefined || value === 0) return ok(0);
	const ms = parseDurationMs(String(value));
	return ms === undefined ? refuse(site, field, `not a valid duration string: ${quote(String(value))}`) : ok(ms);
}

function refuse(site: Site, field: string, message: string): Result<never> {
	return fail({
		code: 'rule',
		message: `${site.label}: ${message}`,
		position: { start: 0, end: 0, line: 1, column: 1 },
		path: `${site.path}.${field}`
	});
}

/** An error inside a text of the rule: the position counts from that text's beginning. */
function inside(site: Site, field: string, message: string, error: PromqlError): PromqlError {
	const { line, column } = error.position;
	return {
		code: 'rule',
		message: `${site.label}: ${line}:${column}: ${message}`,
		position: error.position,
		path: `${site.path}.${field}`
	};
}

import { compileRules, lintRule, type KnownMetrics, type RuleEntry, type RuleGroup } from '../../promql/index.ts';
import { sortProblems, type Problem } from '../../scenario/problem.ts';
import { readRuleFile } from '../../scenario/rule-file.ts';
import type { YamlSource } from '../../scenario/yaml-source.ts';

/** Samples are taken so often in every scenario. */
const SCRAPE_INTERVAL_MS = 15_000;

/** A problem with the rule it was found in. */
export interface RuleFinding extends Problem {
	readonly group: string;
	readonly rule: string;
}

export interface CheckedRules {
	readonly file: string;
	readonly rules: number;
	readonly problems: readonly (Problem | RuleFinding)[];
	/** What can be evaluated: rules without an error, in their groups. */
	readonly sound: readonly RuleGroup[];
}

/**
 * Checks a rule file as Prometheus would read it, and for what reads well and still does not work. With `known`, metrics and
 * labels that no scenario has are named too. Goes on behind a mistake; never throws for what an author wrote.
 */
export function checkRuleFile(file: string, text: string, known?: KnownMetrics): CheckedRules {
	const { source, data, problems } = readRuleFile(file, text);
	if (source === null) return { file, rules: 0, problems, sound: [] };
	const found: (Problem | RuleFinding)[] = [...problems];
	const here = known && withRecorded(known, data.groups);
	let rules = 0;
	const sound = data.groups.map((group, groupAt): RuleGroup => {
		const kept = group.rules.filter((rule, ruleAt) => {
			rules += 1;
			const path = ['groups', groupAt, 'rules', ruleAt];
			// A rule that is no map at all was told of already.
			if (Object.keys(rule).length === 0 && problems.some((problem) => isAt(problem, source, path))) return false;
			const findings = findingsOf(source, group, rule, path, here);
			found.push(...findings);
			return findings.every(({ severity }) => severity !== 'error');
		});
		return { ...group, rules: kept };
	});
	return { file, rules, problems: sortProblems(found), sound };
}

function isAt(problem: Problem, source: YamlSource, path: readonly (string | number)[]): boolean {
	const { line, column } = source.locate(path);
	return problem.line === line && problem.column === column;
}

function findingsOf(
	source: YamlSource,
	group: RuleGroup,
	rule: RuleEntry,
	path: readonly (string | number)[],
	known: KnownMetrics | undefined
): RuleFinding[] {
	const at = { group: group.name, rule: rule.alert ?? rule.record ?? '' };
	const { file } = source;
	// One rule at a time, since the compiler stops at the first mistake.
	const compiled = compileRules({ groups: [{ ...group, rules: [rule] }] });
	if (!compiled.ok) {
		const { error } = compiled;
		const field = /rules\[0\]\.(.+)$/.exec(error.path ?? '')?.[1]?.split('.') ?? [];
		const place = source.locateIn([...path, ...field], error.position.line, error.position.column);
		// The place says where: without the compiler's own account of it.
		const message = error.message.replace(/^group .*?, rule 1, ".*?": (\d+:\d+: )?/s, '');
		return [{ ...at, file, ...place, code: 'rule', message, severity: 'error' }];
	}
	const [only] = compiled.value.rules;
	if (!only) return [];
	const options = { scrapeIntervalMs: SCRAPE_INTERVAL_MS, ...(known ? { known } : {}) };
	return lintRule(only, options).map(({ code, message, field, start }) => {
		const text = textOf(rule, field);
		const before = text.slice(0, start).split('\n');
		const place = source.locateIn([...path, ...fieldPath(field)], before.length, (before.at(-1)?.length ?? 0) + 1);
		return { ...at, file, ...place, code, message, severity: 'warning' };
	});
}

/** `annotations.a.b` is the annotation `a.b`. */
function fieldPath(field: string): string[] {
	const dot = field.indexOf('.');
	return dot < 0 ? [field] : [field.slice(0, dot), field.slice(dot + 1)];
}

function textOf(rule: RuleEntry, field: string): string {
	const [part, name] = fieldPath(field);
	if (part === 'expr') return String(rule.expr ?? '');
	return (part === 'labels' ? rule.labels : rule.annotations)?.[name ?? ''] ?? '';
}

/** What rules of the same file record is there for the others. */
function withRecorded(known: KnownMetrics, groups: readonly RuleGroup[]): KnownMetrics {
	const recorded = groups.flatMap(({ rules }) => rules.flatMap(({ record }) => (record === undefined ? [] : [record])));
	const names = new Set([...known.names, ...recorded, 'ALERTS', 'ALERTS_FOR_STATE']);
	return {
		names,
		labels: (name) => (recorded.includes(name) ? undefined : known.labels(name)),
		type: (name) => known.type(name)
	};
}

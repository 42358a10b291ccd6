import { compileRules } from '../../promql/index.ts';
import type { RuleFileData } from '../library.ts';
import type { Problem } from '../problem.ts';
import type { YamlSource } from '../yaml-source.ts';
import type { Findings } from './context.ts';

/** Expressions, durations and templates of rules are what Prometheus would read; alerts say how bad they are. */
export function checkRules(findings: Findings): void {
	const { rules, sharedRules, scenario } = findings.sources;
	const groups = findings.content.rules.groups.map((group) => group.name);
	const twice = groups.find((name, index) => groups.indexOf(name) < index);
	if (rules && twice !== undefined) {
		const message = `the topology's rules have a group "${twice}" as well: rename yours`;
		findings.error(rules.source, ['groups'], 'duplicate', message, 'key');
	}
	for (const file of [sharedRules, rules]) if (file) findings.problems.push(...ruleProblems(file.source, file.data));
	if (!findings.content.rules.groups.some((group) => group.rules.some((rule) => rule.alert !== undefined))) {
		const message = 'no rule fires: write alerts into rules.yaml, or nobody is paged';
		findings.warning(scenario, ['id'], 'no_alerts', message);
	}
}

/** What is wrong with the rules of one file, each at its place. */
export function ruleProblems(source: YamlSource, data: RuleFileData): Problem[] {
	const problems: Problem[] = [];
	data.groups.forEach((group, groupIndex) => {
		group.rules.forEach((rule, ruleIndex) => {
			const path = ['groups', groupIndex, 'rules', ruleIndex];
			// One rule at a time, since the compiler stops at the first mistake.
			const compiled = compileRules({ groups: [{ ...group, rules: [rule] }] });
			if (!compiled.ok) {
				const { error } = compiled;
				const inRule = /rules\[0\]\.(.+)$/.exec(error.path ?? '')?.[1]?.split('.') ?? [];
				problems.push({
					file: source.file,
					...source.locateIn([...path, ...inRule], error.position.line, error.position.column),
					code: 'rule',
					// The place says it all: without the compiler's own account of where.
					message: error.message.replace(/^group .*?, rule 1, ".*?": (\d+:\d+: )?/s, ''),
					severity: 'error'
				});
			}
			const labels = rule.labels as Record<string, string> | undefined;
			if (rule.alert !== undefined && labels?.severity === undefined) {
				const message = `${String(rule.alert)} has no label severity (critical, warning, info): add one`;
				problems.push({
					file: source.file,
					...source.locate(path),
					code: 'no_severity',
					message,
					severity: 'warning'
				});
			}
		});
	});
	return problems;
}

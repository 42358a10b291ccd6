import { commandIssues, COMMAND_TYPES } from '../scenario/policy.schema.ts';
import { suggestion } from '../scenario/nearest.ts';
import type { Problem } from '../scenario/problem.ts';
import { scenarioSchema, type PolicyStepSpec } from '../scenario/scenario.schema.ts';
import { schemaProblems } from '../scenario/schema-problems.ts';
import { readYaml } from '../scenario/yaml-source.ts';

export type ReadPolicy = { ok: true; steps: PolicyStepSpec[] } | { ok: false; problems: Problem[] };

/**
 * Reads a policy from a file: a list of steps in YAML or JSON, as `ideal` in a scenario has them
 * (`- { when: alert(HighErrorRate), do: { type: acknowledgeAlert, alertId: HighErrorRate } }`). Never throws.
 */
export function readPolicyFile(file: string, text: string): ReadPolicy {
	const read = readYaml(file, text);
	if (!read.ok) return read;
	const { source } = read;
	const checked = scenarioSchema.shape.ideal.safeParse(source.value);
	if (!checked.success) return { ok: false, problems: schemaProblems(source, checked.error.issues) };
	const problems = checked.data.flatMap((step, index): Problem[] => {
		const issues = commandIssues(step.do);
		if (issues !== null) return schemaProblems(source, issues, [index, 'do']);
		const type = String(step.do.type);
		const message = `there is no command "${type}": ${suggestion(type, COMMAND_TYPES)}`;
		const place = source.locate([index, 'do', 'type']);
		return [{ file, ...place, code: 'unknown_command', message, severity: 'error' }];
	});
	return problems.length > 0 ? { ok: false, problems } : { ok: true, steps: checked.data };
}

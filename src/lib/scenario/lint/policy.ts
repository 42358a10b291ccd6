import { suggestion } from '../nearest.ts';
import { COMMAND_TYPES, commandIssues } from '../policy.schema.ts';
import { schemaProblems } from '../schema-problems.ts';
import { alertNames } from './conditions.ts';
import type { Findings } from './context.ts';

/** The reference run gives commands that exist, about things that exist. */
export function checkPolicy(findings: Findings): void {
	const { scenario, runbooks } = findings.content;
	const { scenario: source } = findings.sources;
	const known: Record<string, readonly string[]> = {
		alertId: alertNames(findings),
		diagnosticId: scenario.diagnostics.map(({ id }) => id),
		evidenceId: scenario.diagnostics.map(({ id }) => id),
		mitigationId: scenario.mitigations.map(({ id }) => id),
		injectId: scenario.injects.map(({ id }) => id),
		questionId: scenario.injects.map(({ from }) => from),
		runbookId: scenario.runbooks
	};
	scenario.ideal.forEach((step, index) => {
		const path = ['ideal', index, 'do'];
		const type = String(step.do.type);
		const issues = commandIssues(step.do);
		if (issues === null) {
			const message = `there is no command "${type}": ${suggestion(type, COMMAND_TYPES)}`;
			findings.error(source, [...path, 'type'], 'unknown_command', message);
			return;
		}
		findings.problems.push(...schemaProblems(source, issues, path));
		for (const [field, value] of Object.entries(step.do)) {
			const names = known[field];
			if (names === undefined || typeof value !== 'string' || names.includes(value)) continue;
			const message = `${field} "${value}" names nothing: ${suggestion(value, names)}`;
			findings.error(source, [...path, field], 'unknown_id', message);
		}
		const { runbookId, stepId } = step.do;
		const runbook = runbooks.find(({ id }) => id === runbookId);
		if (runbook && typeof stepId === 'string') {
			const found = runbook.steps.find(({ id }) => id === stepId);
			const steps = runbook.steps.filter(({ defect }) => defect !== 'missing').map(({ id }) => id);
			if (!found) {
				const message = `runbook ${runbook.id} has no step "${stepId}": ${suggestion(stepId, steps)}`;
				findings.error(source, [...path, 'stepId'], 'unknown_id', message);
			} else if (found.defect === 'missing') {
				const message = `step "${stepId}" is missing from the runbook as people see it: nobody can take it`;
				findings.error(source, [...path, 'stepId'], 'unknown_id', message);
			}
		}
	});
	const resolves = scenario.ideal.some((step) => step.do.type === 'changeStatus' && step.do.status === 'resolved');
	const standsDown = scenario.ideal.some((step) => step.do.type === 'standDown');
	if (!resolves && !standsDown) {
		const message = 'the reference run never sets the status to resolved, so it cannot win';
		findings.warning(source, ['ideal'], 'ideal_never_ends', message, 'key');
	}
}

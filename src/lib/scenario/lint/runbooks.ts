import { suggestion } from '../nearest.ts';
import { alertNames } from './conditions.ts';
import type { Findings } from './context.ts';
import { repeated } from './names.ts';

/** Runbooks point at things that exist, under the names their files have. */
export function checkRunbooks(findings: Findings): void {
	const { scenario, runbooks } = findings.content;
	const { scenario: source, runbooks: sources, files } = findings.sources;
	const runnable = [...scenario.diagnostics, ...scenario.mitigations].map(({ id }) => id);
	const mitigations = new Set<string | undefined>(scenario.mitigations.map(({ id }) => id));
	const alerts = alertNames(findings);

	for (const [index, runbook] of runbooks.entries()) {
		const own = sources[runbook.id];
		if (!own) continue;
		const expected = scenario.runbooks[index];
		if (expected !== undefined && runbook.id !== expected) {
			const message = `the id is "${runbook.id}" but the file is ${expected}.md: make them the same`;
			findings.error(own, ['id'], 'id', message);
		}
		for (const { id, index: at } of repeated(runbook.steps.map((step) => step.id))) {
			findings.error(own, ['steps', at, 'id'], 'duplicate', `step "${id}" occurs twice: rename one`);
		}
		if (runbook.kind === 'procedures' && runbook.alerts.length > 0) {
			const message = 'procedures are for no alert, since they do not say what to do first: leave `alerts` out';
			findings.error(own, ['alerts'], 'procedures', message);
		}
		runbook.alerts.forEach((alert, at) => {
			if (alerts.includes(alert)) return;
			const message = `no rule defines the alert "${alert}": ${suggestion(alert, alerts)}`;
			findings.error(own, ['alerts', at], 'unknown_alert', message);
		});
		runbook.steps.forEach((step, at) => {
			if (step.runs !== undefined && !runnable.includes(step.runs)) {
				const message = `there is no diagnostic or mitigation "${step.runs}": ${suggestion(step.runs, runnable)}`;
				findings.error(own, ['steps', at, 'runs'], 'unknown_action', message);
			}
			if (step.kind === 'automated' && step.runs === undefined) {
				const message = `an automated step says what it \`runs\`: a diagnostic or a mitigation`;
				findings.error(own, ['steps', at], 'step', message);
			}
			if (step.kind !== 'automated' && step.runs !== undefined) {
				const message = 'only an automated step `runs` something: make it automated, or leave `runs` out';
				findings.error(own, ['steps', at, 'runs'], 'step', message);
			}
			if (runbook.kind === 'procedures' && !mitigations.has(step.runs)) {
				const message = 'a procedure is an automated step that `runs` a mitigation: name one, or make this a `guide`';
				findings.error(own, ['steps', at], 'procedure', message);
			}
			if (step.defect !== undefined && step.defect_note === undefined) {
				const message = 'say in `defect_note` what is wrong with this step: the debrief shows it';
				findings.warning(own, ['steps', at, 'defect'], 'defect_note', message);
			}
		});
	}
	const fitting = scenario.truth.runbook;
	if (runbooks.some(({ id, kind }) => id === fitting && kind === 'procedures')) {
		const message = `"${fitting ?? ''}" is a set of procedures and guides nobody: name a \`guide\`, or leave it out`;
		findings.error(source, ['truth', 'runbook'], 'procedures', message);
	}
	if (fitting !== undefined && !scenario.runbooks.includes(fitting)) {
		const message = `"${fitting}" is not on offer: ${suggestion(fitting, scenario.runbooks)}`;
		findings.error(source, ['truth', 'runbook'], 'unknown_runbook', message);
	}
	const inVariants = new Set(
		(scenario.variants ?? []).flatMap(({ runbooks: changed = {} }) =>
			Object.values(changed).flatMap((change) => (change === 'missing' ? [] : [change.file]))
		)
	);
	for (const file of files) {
		const name = /^runbooks\/(.+)\.md$/.exec(file)?.[1];
		if (name !== undefined && !scenario.runbooks.includes(name) && !inVariants.has(name)) {
			const message = `${file} is not listed here and nobody will see it: list it or delete it`;
			findings.warning(source, ['runbooks'], 'unused_runbook', message, 'key');
		}
	}
}

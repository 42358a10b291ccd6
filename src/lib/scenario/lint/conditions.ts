import { suggestion } from '../nearest.ts';
import type { YamlPath } from '../yaml-source.ts';
import type { Findings } from './context.ts';
import { allConditions, leaves } from './names.ts';

const AUDIENCES = ['status_page', 'internal', 'stakeholders'];

/** Names of the alerts that the rules define. */
export function alertNames(findings: Findings): string[] {
	return findings.content.rules.groups.flatMap((group) =>
		group.rules.flatMap((rule) => (typeof rule.alert === 'string' ? [rule.alert] : []))
	);
}

/** Every state, action, evidence, alert and audience that a condition names exists. */
export function checkConditions(findings: Findings): void {
	const { scenario, runbooks } = findings.content;
	const statesByFault = new Map(scenario.faults.map((fault) => [fault.id, Object.keys(fault.states)]));
	const anyState = [...new Set([...statesByFault.values()].flat())];
	const actions = [
		...scenario.mitigations.map(({ id }) => id),
		...runbooks.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'automated').map(({ id }) => id))
	];
	const diagnostics = scenario.diagnostics.map(({ id }) => id);
	const alerts = alertNames(findings);
	const questions = scenario.injects.filter(({ asks }) => asks).map(({ id }) => id);

	for (const { condition, path } of allConditions(scenario)) {
		const unknown = (code: string, name: string, known: readonly string[], what: string) => {
			if (known.includes(name)) return;
			report(findings, path, code, `${what} "${name}": ${suggestion(name, known)}`);
		};
		for (const leaf of leaves(condition)) {
			switch (leaf.type) {
				case 'state':
				case 'visited': {
					const states = leaf.fault === null ? anyState : statesByFault.get(leaf.fault);
					if (states === undefined) {
						unknown('unknown_fault', leaf.fault ?? '', [...statesByFault.keys()], 'there is no fault');
					} else {
						const what = leaf.fault === null ? 'no fault has a state' : `fault ${leaf.fault} has no state`;
						unknown('unknown_state', leaf.state, states, what);
					}
					if (leaf.fault === null && faultsWith(statesByFault, leaf.state) > 1) {
						const message = `several faults have a state "${leaf.state}": write fault.${leaf.state}`;
						report(findings, path, 'ambiguous_state', message);
					}
					break;
				}
				case 'action':
					unknown('unknown_action', leaf.id, actions, 'there is no mitigation or automated step');
					break;
				case 'evidence':
					unknown('unknown_evidence', leaf.id, diagnostics, 'there is no diagnostic');
					break;
				case 'alert':
				case 'acknowledged':
					unknown('unknown_alert', leaf.name, alerts, 'no rule defines the alert');
					break;
				case 'answered':
					unknown('unknown_inject', leaf.id, questions, 'there is no inject that asks');
					break;
				case 'comms':
					unknown('unknown_audience', leaf.audience, AUDIENCES, 'there is no audience');
					break;
				default:
			}
		}
	}
}

function faultsWith(statesByFault: ReadonlyMap<string, readonly string[]>, state: string): number {
	return [...statesByFault.values()].filter((states) => states.includes(state)).length;
}

function report(findings: Findings, path: YamlPath, code: string, message: string): void {
	findings.error(findings.sources.scenario, path, code, message);
}

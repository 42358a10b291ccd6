import { suggestion } from '../nearest.ts';
import type { Findings } from './context.ts';
import { allStates, repeated } from './names.ts';

/** Fault machines hang together: initial states, transitions, what mitigations lead to. */
export function checkFaults(findings: Findings): void {
	const { scenario } = findings.content;
	const { scenario: source } = findings.sources;
	const faultIds = scenario.faults.map((fault) => fault.id);
	const mitigationIds = scenario.mitigations.map((mitigation) => mitigation.id);
	const statesOf = (fault: string) => Object.keys(scenario.faults.find(({ id }) => id === fault)?.states ?? {});
	const anyState = [...new Set(faultIds.flatMap(statesOf))];

	scenario.faults.forEach((fault, index) => {
		const path = ['faults', index];
		if (fault.begins > 0) {
			const message = 'a fault begins at or before the run: let its first state wait instead';
			findings.error(source, [...path, 'begins'], 'begins', message);
		}
		if (!Object.hasOwn(fault.states, fault.initial)) {
			const message = `fault ${fault.id} has no state "${fault.initial}": ${suggestion(fault.initial, statesOf(fault.id))}`;
			findings.error(source, [...path, 'initial'], 'unknown_state', message);
		}
	});
	for (const { fault, spec, path } of allStates(scenario)) {
		const known = statesOf(fault);
		const state = (name: string, at: (string | number)[]) => {
			if (known.includes(name)) return;
			findings.error(
				source,
				[...path, ...at],
				'unknown_state',
				`fault ${fault} has no state "${name}": ${suggestion(name, known)}`
			);
		};
		spec.next.forEach((transition, index) => {
			state(transition.to, ['next', index, 'to']);
			if ((transition.after === undefined) === (transition.when === undefined)) {
				findings.error(source, [...path, 'next', index], 'transition', 'a transition has either `after` or `when`');
			}
		});
		for (const [mitigation, to] of Object.entries(spec.on)) {
			if (to !== 'same') state(to, ['on', mitigation]);
			if (!mitigationIds.includes(mitigation)) {
				const message = `there is no mitigation "${mitigation}": ${suggestion(mitigation, mitigationIds)}`;
				findings.error(source, [...path, 'on', mitigation], 'unknown_mitigation', message, 'key');
			}
		}
		spec.logs.forEach((line, index) => {
			if ((line.of_errors === undefined) === (line.per_minute === undefined)) {
				const message = 'a log line has either `of_errors` or `per_minute`';
				findings.error(source, [...path, 'logs', index], 'log_rate', message);
			}
		});
	}
	scenario.mitigations.forEach((mitigation, index) => {
		const path = ['mitigations', index];
		for (const [fault, to] of Object.entries(mitigation.to)) {
			if (!faultIds.includes(fault)) {
				const message = `there is no fault "${fault}": ${suggestion(fault, faultIds)}`;
				findings.error(source, [...path, 'to', fault], 'unknown_fault', message, 'key');
			} else if (to !== 'same' && !statesOf(fault).includes(to)) {
				const message = `fault ${fault} has no state "${to}": ${suggestion(to, statesOf(fault))}`;
				findings.error(source, [...path, 'to', fault], 'unknown_state', message);
			}
		}
		mitigation.from.forEach((state, at) => {
			if (anyState.includes(state)) return;
			const message = `no fault has a state "${state}": ${suggestion(state, anyState)}`;
			findings.error(source, [...path, 'from', at], 'unknown_state', message);
		});
		for (const state of Object.keys(mitigation.verdict_in)) {
			if (anyState.includes(state)) continue;
			const message = `no fault has a state "${state}": ${suggestion(state, anyState)}`;
			findings.error(source, [...path, 'verdict_in', state], 'unknown_state', message, 'key');
		}
	});
	for (const list of ['faults', 'changes', 'diagnostics', 'mitigations', 'injects', 'slis'] as const) {
		for (const { id, index } of repeated(scenario[list].map((entry) => entry.id))) {
			findings.error(source, [list, index, 'id'], 'duplicate', `"${id}" is used twice under ${list}: rename one`);
		}
	}
}

import type { Condition } from '../condition.ts';
import type { Effect, FaultStateSpec, Scenario } from '../scenario.schema.ts';
import type { YamlPath } from '../yaml-source.ts';

/** A state of a fault, and where it is written. */
export interface StateAt {
	fault: string;
	state: string;
	spec: FaultStateSpec;
	path: YamlPath;
}

export function allStates(scenario: Scenario): StateAt[] {
	return scenario.faults.flatMap((fault, index) =>
		Object.entries(fault.states).map(([state, spec]) => ({
			fault: fault.id,
			state,
			spec,
			path: ['faults', index, 'states', state]
		}))
	);
}

/** Every effect of the scenario, with its place. */
export function allEffects(scenario: Scenario): { effect: Effect; path: YamlPath }[] {
	const within = (effects: readonly Effect[], path: YamlPath) =>
		effects.map((effect, index) => ({ effect, path: [...path, index] }));
	return [
		...allStates(scenario).flatMap(({ spec, path }) => within(spec.effects, [...path, 'effects'])),
		...scenario.mitigations.flatMap((mitigation, index) => [
			...within(mitigation.during, ['mitigations', index, 'during']),
			...within(mitigation.after, ['mitigations', index, 'after'])
		])
	];
}

/** Every condition that is written anywhere, with its place. */
export function allConditions(scenario: Scenario): { condition: Condition; path: YamlPath }[] {
	const found: { condition: Condition; path: YamlPath }[] = [];
	const add = (condition: Condition | undefined, path: YamlPath) => condition && found.push({ condition, path });
	for (const { spec, path } of allStates(scenario))
		spec.next.forEach(({ when }, index) => add(when, [...path, 'next', index, 'when']));
	scenario.diagnostics.forEach((diagnostic, index) => {
		add(diagnostic.needs, ['diagnostics', index, 'needs']);
		diagnostic.shows.forEach(({ when }, at) => add(when, ['diagnostics', index, 'shows', at, 'when']));
	});
	scenario.mitigations.forEach(({ needs }, index) => add(needs, ['mitigations', index, 'needs']));
	scenario.injects.forEach(({ when }, index) => add(when, ['injects', index, 'when']));
	scenario.restored.forEach((when, index) => add(when, ['restored', index]));
	scenario.expectations.forEach(({ when }, index) => add(when, ['expectations', index, 'when']));
	scenario.ideal.forEach(({ when }, index) => add(when, ['ideal', index, 'when']));
	return found;
}

/** The conditions that a condition is made of, without `and`, `or`, `not`. */
export function leaves(condition: Condition): Exclude<Condition, { type: 'and' | 'or' | 'not' }>[] {
	switch (condition.type) {
		case 'and':
			return condition.all.flatMap(leaves);
		case 'or':
			return condition.any.flatMap(leaves);
		case 'not':
			return leaves(condition.not);
		default:
			return [condition];
	}
}

/** Ids that occur twice, each with the index of its later occurrence. */
export function repeated(ids: readonly string[]): { id: string; index: number }[] {
	return ids.map((id, index) => ({ id, index })).filter(({ id, index }) => ids.indexOf(id) < index);
}

import { TRUTH } from '../incident/actor.ts';
import type { Condition } from '../scenario/condition.ts';
import type { Scenario } from '../scenario/scenario.schema.ts';
import { conditionHoldsIn } from './conditions.ts';
import type { Run } from './run.ts';

type Expectation = Scenario['expectations'][number];

/**
 * Notes when what is expected was first so. Only what people or faults bring about is looked at, and right then: so the
 * moment does not depend on how far time was moved at once.
 */
export function followExpectations(run: Run): void {
	for (const { index, when, by } of lasting(run.machinery.compiled.scenario)) {
		if (run.state.met?.[index] !== undefined || (by !== undefined && run.now > by)) continue;
		if (conditionHoldsIn(run.machinery, run.state, when)) run.state.met = { ...run.state.met, [index]: run.now };
	}
}

const found = new WeakMap<Scenario, (Expectation & { index: number })[]>();

/** Those that are met for good once they hold, with their place; found once, since it is asked every second. */
function lasting(scenario: Scenario): readonly (Expectation & { index: number })[] {
	let list = found.get(scenario);
	if (list === undefined) {
		list = scenario.expectations.map((one, index) => ({ ...one, index })).filter(({ when }) => lasts(when));
		found.set(scenario, list);
	}
	return list;
}

/** Tells which expectations were met, once, as the run ends. What must not happen has not happened only now. */
export function judgeExpectations(run: Run): void {
	const { scenario, startsAt } = run.machinery.compiled;
	if (scenario.expectations.length === 0) return;
	followExpectations(run);
	const judged = scenario.expectations.map((expectation, index) => {
		const atMs = run.state.met?.[index] ?? null;
		const met =
			atMs !== null || (!lasts(expectation.when) && conditionHoldsIn(run.machinery, run.state, expectation.when));
		return {
			title: expectation.title,
			met,
			at: atMs === null ? null : startsAt + atMs,
			by: expectation.by === undefined ? null : startsAt + expectation.by,
			objective: objectiveOf(scenario, expectation)
		};
	});
	run.tell({ type: 'expectations.judged', payload: { expectations: judged } }, { audience: TRUTH, causedBy: null });
}

function objectiveOf({ objectives }: Scenario, { objective }: Expectation): string | null {
	return objective === undefined ? null : (objectives[objective - 1] ?? null);
}

/** Whether a condition that has held once counts for good: not where it forbids something, or follows a value or the clock. */
function lasts(condition: Condition): boolean {
	switch (condition.type) {
		case 'and':
			return condition.all.every(lasts);
		case 'or':
			return condition.any.every(lasts);
		case 'not':
		case 'metric':
		case 'elapsed':
		case 'clock':
			return false;
		default:
			return true;
	}
}

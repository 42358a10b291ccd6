import type { Condition } from '../condition.ts';
import type { Scenario } from '../scenario.schema.ts';
import { edgesOf, reachedIn } from './fault-graph.ts';

/**
 * What can come to be in a scenario. Says no only where it is certain; an optimist otherwise. Conditions depend on states
 * and states on conditions, so it is found by taking away what cannot be until nothing more goes.
 */
export class Possible {
	/** States that can be reached, by fault. */
	readonly reachable = new Map<string, ReadonlySet<string>>();

	constructor(readonly scenario: Scenario) {
		for (const fault of scenario.faults) this.reachable.set(fault.id, new Set(Object.keys(fault.states)));
		for (let before = Infinity; before > this.#count();) {
			before = this.#count();
			for (const fault of scenario.faults)
				this.reachable.set(fault.id, reachedIn(fault, edgesOf(scenario, fault, this)));
		}
	}

	canHold(condition: Condition): boolean {
		switch (condition.type) {
			case 'and':
				return condition.all.every((part) => this.canHold(part));
			case 'or':
				return condition.any.some((part) => this.canHold(part));
			case 'state':
			case 'visited':
				return condition.fault === null
					? [...this.reachable.values()].some((states) => states.has(condition.state))
					: (this.reachable.get(condition.fault)?.has(condition.state) ?? false);
			case 'action': {
				const needs = this.scenario.mitigations.find(({ id }) => id === condition.id)?.needs;
				return needs === undefined || !mentions(needs, 'action', condition.id) ? this.#may(needs) : false;
			}
			case 'evidence': {
				const needs = this.scenario.diagnostics.find(({ id }) => id === condition.id)?.needs;
				return needs === undefined || !mentions(needs, 'evidence', condition.id) ? this.#may(needs) : false;
			}
			case 'elapsed':
				return !(condition.op.startsWith('>') && condition.ms >= this.scenario.minutes * 60_000);
			case 'clock':
				return !(condition.op.startsWith('>') && condition.minutes > this.#endsAtMinute());
			default:
				return true;
		}
	}

	/** Conditions that ask for each other in a circle are left to be possible. */
	#depth = 0;
	#may(needs: Condition | undefined): boolean {
		if (needs === undefined || this.#depth > 5) return true;
		this.#depth += 1;
		try {
			return this.canHold(needs);
		} finally {
			this.#depth -= 1;
		}
	}

	/** Minutes since midnight of the first day at which the run ends at the latest. */
	#endsAtMinute(): number {
		const [, hours = '0', minutes = '0'] = /(\d{2}):(\d{2})(?::\d{2})?$/.exec(this.scenario.clock.start) ?? [];
		return Number(hours) * 60 + Number(minutes) + this.scenario.minutes;
	}

	#count(): number {
		return [...this.reachable.values()].reduce((sum, states) => sum + states.size, 0);
	}
}

/** Whether a condition cannot hold before itself: it needs what it is needed for. */
function mentions(condition: Condition, type: 'action' | 'evidence', id: string): boolean {
	if (condition.type === 'and') return condition.all.some((part) => mentions(part, type, id));
	return condition.type === type && condition.id === id;
}

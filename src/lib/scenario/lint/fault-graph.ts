import { createMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import type { FaultSpec, Scenario } from '../scenario.schema.ts';
import type { Possible } from './possible.ts';

/** One way out of a state: what brings it about, as people read it, and where it leads. */
export interface Edge {
	by: string;
	to: string;
}

export type Edges = ReadonlyMap<string, readonly Edge[]>;

/** Phases in which a fault is over. */
export const RECOVERED: readonly string[] = ['healthy', 'mitigated', 'resolved'];

/** All ways between the states of a fault that can be taken: by time, by conditions that can hold, by mitigations. */
export function edgesOf(scenario: Scenario, fault: FaultSpec, possible: Possible): Edges {
	const edges = new Map<string, Edge[]>();
	for (const [state, spec] of Object.entries(fault.states)) {
		const out: Edge[] = spec.next
			.filter(({ when }) => when === undefined || possible.canHold(when))
			.map(({ after, to }, index) => ({ by: after === undefined ? `condition ${index + 1}` : 'time', to }));
		for (const mitigation of scenario.mitigations) {
			if (mitigation.needs !== undefined && !possible.canHold(mitigation.needs)) continue;
			const applies = mitigation.from.length === 0 || mitigation.from.includes(state);
			const own = Object.hasOwn(spec.on, mitigation.id) ? spec.on[mitigation.id] : undefined;
			const to = own ?? (applies ? mitigation.to[fault.id] : undefined);
			if (to !== undefined && to !== 'same') out.push({ by: mitigation.id, to });
		}
		edges.set(
			state,
			out.filter(({ to }) => to !== state && Object.hasOwn(fault.states, to))
		);
	}
	return edges;
}

/** States that can be reached from the initial one. */
export function reachedIn(fault: FaultSpec, edges: Edges): Set<string> {
	const reached = new Set([fault.initial]);
	for (const state of reached) for (const { to } of edges.get(state) ?? []) reached.add(to);
	return reached;
}

/** A fault as a graph of XState, to look for paths in. */
export class FaultGraph {
	readonly #machine;

	constructor(fault: FaultSpec, edges: Edges) {
		const states = Object.fromEntries(
			[...edges].map(([state, out]) => [
				state,
				{ on: Object.fromEntries(out.map(({ by, to }, at) => [`${at} ${by}`, { target: to }])) }
			])
		);
		this.#machine = createMachine({ id: fault.id, initial: fault.initial, states });
	}

	/** Every state that can be reached, with what leads there on the shortest way. */
	reached(): Map<string, string[]> {
		return new Map(this.#paths().map(({ state, steps }) => [String(state.value), steps.map(byOf)]));
	}

	/** What leads on the shortest way from a state to one of `goals`; null where nothing does. */
	way(from: string, goals: ReadonlySet<string>): string[] | null {
		const [path] = this.#paths(from, goals);
		return path ? path.steps.map(byOf) : null;
	}

	#paths(from?: string, goals?: ReadonlySet<string>) {
		return getShortestPaths(this.#machine, {
			serializeState: ({ value }) => String(value),
			...(from !== undefined && { fromState: this.#machine.resolveState({ value: from }) }),
			...(goals && { toState: ({ value }) => goals.has(String(value)) })
		});
	}
}

/** XState's own first event opens every path. */
function byOf({ event }: { event: { type: string } }): string {
	return event.type.replace(/^\d+ /, '');
}

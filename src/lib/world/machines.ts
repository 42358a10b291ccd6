import { createMachine, initialTransition, transition } from 'xstate';
import type { CompiledScenario } from '../scenario/library.ts';
import type { FaultSpec } from '../scenario/scenario.schema.ts';
import { stateSpec } from './effects.ts';
import type { World } from './world.ts';

/**
 * Faults as XState machines, used as pure functions only: a delay of `after` comes back as data and the engine keeps it in
 * its own queue. A machine's position is the name of its state and nothing else.
 */
export interface FaultStep {
	state: string;
	timers: FaultTimer[];
	/** Ids of timers that no longer count. */
	cancelled: string[];
}

export interface FaultTimer {
	id: string;
	delayMs: number;
	event: string;
}

/** Event names: `when.2` (the condition of the third `next` holds), `do.rollback_api` (carried out), `to.mitigated`. */
export type FaultEvent = string;

type Machine = ReturnType<typeof build>;
const machines = new WeakMap<CompiledScenario, Map<string, Machine>>();

/** The fault in its initial state, with the timers that start there. */
export function initialFaultStep(world: World, faultId: string): FaultStep {
	const [snapshot, actions] = initialTransition(machineOf(world, faultId));
	return { state: String(snapshot.value), ...timersOf(actions) };
}

/** What an event does to a fault in `state`; null where it changes nothing. */
export function faultStep(world: World, faultId: string, state: string, event: FaultEvent): FaultStep | null {
	stateSpec(world, faultId, state);
	const machine = machineOf(world, faultId);
	const [snapshot, actions] = transition(machine, machine.resolveState({ value: state }), { type: event });
	const next = String(snapshot.value);
	return next === state ? null : { state: next, ...timersOf(actions) };
}

function machineOf(world: World, faultId: string): Machine {
	let known = machines.get(world.compiled);
	if (known === undefined) machines.set(world.compiled, (known = new Map()));
	let machine = known.get(faultId);
	if (machine === undefined) {
		const spec = world.compiled.scenario.faults.find((fault) => fault.id === faultId);
		if (spec === undefined) throw new Error(`no fault ${faultId}`);
		known.set(faultId, (machine = build(spec)));
	}
	return machine;
}

interface Target {
	target: string;
}

function build(spec: FaultSpec) {
	const states: Record<string, { after: Record<string, Target[]>; on: Record<string, Target> }> = {};
	for (const [id, state] of Object.entries(spec.states)) {
		const after: Record<string, Target[]> = {};
		const on: Record<string, Target> = {};
		for (const other of Object.keys(spec.states)) if (other !== id) on[`to.${other}`] = { target: other };
		for (const [index, next] of state.next.entries()) {
			if (next.after !== undefined) after[next.after] = [...(after[next.after] ?? []), { target: next.to }];
			else if (next.when !== undefined) on[`when.${index}`] = { target: next.to };
		}
		for (const [mitigation, target] of Object.entries(state.on)) {
			if (target !== 'same' && target !== id) on[`do.${mitigation}`] = { target };
		}
		states[id] = { after, on };
	}
	return createMachine({ id: spec.id, initial: spec.initial, states });
}

function timersOf(actions: readonly { type: string; params?: unknown }[]): Omit<FaultStep, 'state'> {
	const timers: FaultTimer[] = [];
	const cancelled: string[] = [];
	for (const action of actions) {
		const params = (action.params ?? {}) as { id?: string; delay?: number; event?: { type: string }; sendId?: string };
		if (action.type === 'xstate.raise' && params.delay !== undefined && params.event !== undefined) {
			timers.push({ id: params.id ?? params.event.type, delayMs: params.delay, event: params.event.type });
		} else if (action.type === 'xstate.cancel' && params.sendId !== undefined) cancelled.push(params.sendId);
	}
	return { timers, cancelled };
}

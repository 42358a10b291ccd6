import { TRUTH } from '../incident/actor.ts';
import { enterState, faultStep, initialFaultStep, remember, stateSpec, type FaultStep } from '../world/index.ts';
import type { Run } from './run.ts';
import { forget, watch, type Watched } from './watched.ts';

/** A fault that leads from state to state without time passing is cut off here. */
const MOST_ROUNDS = 20;

/** A fault enters its initial state, at the moment it begins. Its effects are entered only where `enter` says so. */
export function beginFault(run: Run, faultId: string, atMs: number, enter: boolean): void {
	const step = initialFaultStep(run.world, faultId);
	if (enter) run.setWorld(enterState(run.world, run.state.world, faultId, step.state, atMs));
	startTimers(run, faultId, step, atMs);
}

/** Sends an event to a fault's machine; tells whether it moved. `because` is for facilitators and the debrief. */
export function moveFault(run: Run, faultId: string, event: string, because: string): boolean {
	const before = run.state.world.faults[faultId];
	if (before === undefined) return false;
	const step = faultStep(run.world, faultId, before.state, event);
	if (step === null) return false;
	forget(run, holdKey(faultId));
	run.unschedule(
		(task) => task.type === 'fault.timer' && task.faultId === faultId && step.cancelled.includes(task.timerId)
	);
	run.setWorld(enterState(run.world, run.state.world, faultId, step.state, run.now));
	startTimers(run, faultId, step, run.now);
	const { phase } = stateSpec(run.world, faultId, step.state);
	run.tell(
		{ type: 'fault.transitioned', payload: { faultId, from: before.state, to: step.state, phase, because } },
		{ audience: TRUTH }
	);
	return true;
}

interface FaultCondition extends Watched {
	faultId: string;
	event: string;
}

/** Conditions that faults wait for in their present states. */
export function faultConditions(run: Run): readonly FaultCondition[] {
	const { world } = run.state;
	return remember(run.world, world, 'conditions', () =>
		Object.entries(world.faults).flatMap(([faultId, status]) =>
			stateSpec(run.world, faultId, status.state).next.flatMap(({ when }, index) => {
				const key = `${holdKey(faultId)}.${index}`;
				return when === undefined ? [] : [{ key, condition: when, faultId, event: `when.${index}` }];
			})
		)
	);
}

/** Lets faults follow their conditions until none moves. */
export function followConditions(run: Run): void {
	if (faultConditions(run).length === 0) return;
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		let moved = false;
		const left = new Set<string>();
		for (const watched of faultConditions(run)) {
			// A fault that has just moved waits for other conditions now.
			if (left.has(watched.faultId) || !watch(run, watched)) continue;
			if (moveFault(run, watched.faultId, watched.event, 'condition')) {
				left.add(watched.faultId);
				moved = true;
			}
		}
		if (!moved) return;
	}
}

function startTimers(run: Run, faultId: string, step: FaultStep, fromMs: number): void {
	for (const timer of step.timers) {
		run.schedule(fromMs + timer.delayMs, { type: 'fault.timer', faultId, timerId: timer.id, event: timer.event });
	}
}

function holdKey(faultId: string): string {
	return `fault:${faultId}`;
}

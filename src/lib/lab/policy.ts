import type { RoomInfo } from '../engine/index.ts';
import type { CommandBody } from '../incident/command.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Condition } from '../scenario/condition.ts';
import type { ServiceHealth } from '../telemetry/types.ts';

/** What a policy sees at one second. */
export interface PolicyView {
	simMs: number;
	/** Folded from the events that everyone in the room may see and those of the policy's seats. */
	state: IncidentState;
	/** What everybody in the room may know of the scenario. */
	room: RoomInfo;
	/** Health of every service as the map shows it: read off the metrics. */
	health(): ServiceHealth[];
	/** Tests an author's condition on the run. Only a scripted policy may ask: it plays the author's own line. */
	holds(condition: Condition): boolean;
}

/** A player of the command interface: asked once per simulated second, answered for each command it gives. */
export interface Policy {
	readonly name: string;
	decide(view: PolicyView): CommandBody[];
	answered(body: CommandBody, refusal: string | null): void;
	/** The next simulated time at which it wants to be asked; lets the simulation leap over what lies between. */
	wakeAt(simMs: number): number;
}

/** Nobody acts: the run goes on by itself until its limit. */
export const NOBODY: Policy = {
	name: 'none',
	decide: () => [],
	answered: () => undefined,
	wakeAt: () => Number.POSITIVE_INFINITY
};

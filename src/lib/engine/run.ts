import { EVERYONE, type Actor, type Audience } from '../incident/actor.ts';
import type { EventBody, EventDraft } from '../incident/event.ts';
import { foldEvent } from '../incident/fold.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Observation } from '../telemetry/types.ts';
import type { World, WorldState } from '../world/index.ts';
import type { RuleRunner } from './rule-runner.ts';
import type { EngineState, QueueTask, Step } from './types.ts';

/** What a run is played with: the same for every state of a run, none of it part of the state. */
export interface Machinery {
	readonly compiled: CompiledScenario;
	readonly world: World;
	readonly observation: Observation;
	readonly rules: RuleRunner;
}

export const MUSTER: Actor = { kind: 'system', name: 'muster' };
export const WORLD: Actor = { kind: 'system', name: 'world' };
export const MONITORING: Actor = { kind: 'system', name: 'monitoring' };
export const PAGER: Actor = { kind: 'system', name: 'pager' };
export const BOT: Actor = { kind: 'system', name: 'bot' };
export const AUTOMATION: Actor = { kind: 'system', name: 'automation' };

interface Telling {
	actor?: Actor;
	audience?: Audience;
	/** When it happened, where that is not now. Simulated milliseconds. */
	simMs?: number;
	/** The command it follows from; the one that is being carried out unless given. */
	causedBy?: number | null;
}

/**
 * A state that is being moved on, with the events that come of it. The state given at the start is never touched: the
 * top level is a copy of its own, what lies below is replaced and otherwise shared.
 */
export class Run {
	readonly events: EventDraft[] = [];
	/** Number of the command that is being carried out. */
	command: number | null = null;
	state: EngineState;

	constructor(
		readonly machinery: Machinery,
		given: EngineState
	) {
		this.state = { ...given };
	}

	get now(): number {
		return this.state.simMs;
	}

	get world(): World {
		return this.machinery.world;
	}

	/** Puts a later state of the world in place of the present one. */
	setWorld(next: WorldState): void {
		if (next === this.state.world) return;
		this.machinery.rules.follows(this.state.world, next);
		this.state.world = next;
	}

	/** Records that something happened, and folds it into the incident. */
	tell(body: EventBody, telling: Telling = {}): EventDraft {
		const simMs = telling.simMs ?? this.now;
		return this.keep({
			...body,
			occurredAt: this.machinery.compiled.startsAt + simMs,
			simMs,
			actor: telling.actor ?? WORLD,
			audience: telling.audience ?? EVERYONE,
			causedBy: telling.causedBy === undefined ? this.command : telling.causedBy
		});
	}

	/** Records an event as it was drafted elsewhere. */
	keep(event: EventDraft): EventDraft {
		this.events.push(event);
		this.state.eventCount += 1;
		this.state.incident = foldEvent(this.state.incident, event);
		return event;
	}

	/** Puts a task into the queue, behind those of the same moment. */
	schedule(atMs: number, task: QueueTask): void {
		const entry = { atMs, order: this.state.nextOrder, task };
		this.state.nextOrder += 1;
		const { queue } = this.state;
		let at = queue.length;
		while (at > 0 && (queue[at - 1]?.atMs ?? 0) > atMs) at -= 1;
		this.state.queue = [...queue.slice(0, at), entry, ...queue.slice(at)];
	}

	/** Takes tasks out of the queue that are no longer wanted. */
	unschedule(unwanted: (task: QueueTask) => boolean): void {
		if (this.state.queue.some(({ task }) => unwanted(task))) {
			this.state.queue = this.state.queue.filter(({ task }) => !unwanted(task));
		}
	}

	step(): Step {
		return { ok: true, state: this.state, events: this.events };
	}
}

/** The next whole second: what people set going begins there, so that nothing already seen changes. */
export function nextSecond(tMs: number): number {
	return Math.floor(tMs / 1000) * 1000 + 1000;
}

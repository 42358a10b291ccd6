import type { Audience } from '../incident/actor.ts';
import type { CommandRole } from '../incident/role.ts';
import type { EventDraft } from '../incident/event.ts';
import type { LoggedCommand } from '../incident/command.ts';
import type { Refusal } from '../incident/refusal.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Severity, SeverityPolicy } from '../incident/severity.ts';
import type { NotifyState, RuleState } from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Observation } from '../telemetry/types.ts';
import type { WorldState } from '../world/types.ts';
import type { Machinery } from './run.ts';

/** Changes whenever the same log could give other events. */
export const ENGINE_VERSION = '1';

export interface RunSettings {
	policy: SeverityPolicy;
	/** Seats that are kept by bots in solo play; the scribe's bot keeps the timeline. */
	bots: CommandRole[];
	/** Overrides the scenario's limit; minutes. */
	limitMinutes: number | null;
}

/** Everything a run is at one moment. Plain JSON; hashing, saving and loading need nothing else. */
export interface EngineState {
	engineVersion: string;
	contentHash: string;
	seed: string;
	settings: RunSettings;
	/** Seconds grid: always a multiple of 1000. */
	simMs: number;
	/** Pending timers ordered by (atMs, order). */
	queue: QueueEntry[];
	nextOrder: number;
	world: WorldState;
	rules: RuleState;
	incident: IncidentState;
	/** Groups of alerts that wait to page; only where the scenario gathers them. */
	notify?: NotifyState;
	injects: Record<string, InjectState>;
	/** Since when each timed condition (`for`) has held, by its key; absent while it does not. */
	held: Record<string, number>;
	/** Chance draws are keyed by attempt: how many times each mitigation was tried. */
	attempts: Record<string, number>;
	actionsDone: Record<string, number>;
	evidenceSeen: Record<string, number>;
	/** When each expectation was first met, by its index; absent while none is. */
	met?: Record<number, number>;
	impact: ImpactState;
	slis: Record<string, SliState>;
	/** How many times each hint step was given. */
	hintsGiven: number;
	eventCount: number;
	commandCount: number;
	outcome: 'resolved' | 'unresolved' | null;
}

export interface InjectState {
	status: 'waiting' | 'delivered' | 'skipped';
	dueMs: number | null;
	deliveredMs: number | null;
}

/** Something that is on or off, and changes only when its opposite has held for a while. Simulated milliseconds. */
export interface Latch {
	/** Since when it is on; null while it is off. */
	onMs: number | null;
	/** Since when the opposite has held without interruption; null while it does not. */
	turningMs: number | null;
}

export interface ImpactState extends Latch {
	/** Share of users affected at `lastMs`, 0..1. */
	share: number;
	/** Integral of the share until `lastMs`, in minutes. */
	affectedMinutes: number;
	/** Integral when the opposite began to hold: what is told, should it go on. */
	affectedBefore: number;
	lastMs: number;
	/** What was last told of it, and when. */
	toldShare: number;
	toldMs: number;
}

export interface SliState extends Latch {
	breachMinutes: number;
}

export interface QueueEntry {
	atMs: number;
	order: number;
	task: QueueTask;
}

/** Why something is carried out: the command it follows from and, where it does, the step of a runbook. */
export interface TaskCause {
	by: LoggedCommand['by'];
	command: number;
	runbookId: string | null;
	stepId: string | null;
	/** A runbook's tool does it, not a person. */
	automated: boolean;
}

export type QueueTask =
	/** A fault that begins after the run does. */
	| { type: 'fault.begin'; faultId: string }
	/** XState's `after`, as data. */
	| { type: 'fault.timer'; faultId: string; timerId: string; event: string }
	| { type: 'inject'; injectId: string }
	/** `ran`: whether the tool could do it; settled when it was started, so that waiting changes no draw. */
	| ({ type: 'mitigation.done'; attemptId: string; mitigationId: string; ran: 'yes' | 'no' | 'failed' } & TaskCause)
	| ({ type: 'diagnostic.done'; diagnosticId: string; audience: Audience } & TaskCause)
	/** A command that looks at the system, as it was typed. */
	| ({ type: 'shell.done'; diagnosticId: string; line: string } & TaskCause)
	| { type: 'page'; alertId: string; to: 'primary' | 'secondary' | 'everyone'; reason: string }
	/** The severity's time without mitigation is over. */
	| { type: 'escalation'; severity: Severity }
	| { type: 'change'; changeId: string };

/** What one call brought about. */
export interface Step {
	ok: true;
	state: EngineState;
	events: EventDraft[];
}

/** Behaves as pure functions of its arguments; caches inside are memos. One engine per live run or simulation. */
export interface Engine {
	readonly compiled: CompiledScenario;
	/** Of the seed the engine was made with. */
	readonly observation: Observation;
	/** State at simulated time 0 in the lobby, with the events of pre-history (truth, changes). */
	initial(seed: string, settings: RunSettings): Step;
	/** Advances to `toSimMs` (floored to the second grid); nothing moves unless the run is running. Stops at the end of the run. */
	advance(state: EngineState, toSimMs: number): Step;
	/** Carries out a command at `state.simMs`. A refusal changes nothing. */
	apply(state: EngineState, command: LoggedCommand): Step | Refusal;
	/** SHA-256 (hex) over canonical JSON of the state. */
	hash(state: EngineState): string;
	/** What a run of that seed is played with, for the other functions of this room. */
	machinery(seed: string): Machinery;
}

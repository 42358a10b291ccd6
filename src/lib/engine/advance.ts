import { nextId } from '../incident/next-id.ts';
import type { ChangeSpec } from '../scenario/scenario.schema.ts';
import { deployVersion, nextOom, oomKill } from '../world/index.ts';
import { deliverPage, escalateUnmitigated, followRules } from './alerts.ts';
import { keepTimeline } from './bot.ts';
import { finishDiagnostic } from './diagnostics.ts';
import { followEnd, limitMs } from './ending.ts';
import { followExpectations } from './expectations.ts';
import { beginFault, faultConditions, followConditions, moveFault } from './faults.ts';
import { followImpact } from './impact.ts';
import { deliverInject, followInjects, waitingInjects } from './injects.ts';
import { finishMitigation } from './mitigations.ts';
import { finishShell } from './shell.ts';
import { firstTick, TICK_MS } from './rule-runner.ts';
import { WORLD, type Run } from './run.ts';
import type { QueueTask } from './types.ts';

/** Moves a running run on to `toMs` (on the grid of seconds), or to its end. Leaps over seconds in which nothing can happen. */
export function advanceTo(run: Run, toMs: number): void {
	while (run.now < toMs && run.state.outcome === null) {
		const next = Math.min(toMs, nextStop(run));
		// What lies between is only looked at for impact, in order of time, before anything happens at the stop itself.
		run.state.simMs = next - 1000;
		followImpact(run);
		run.state.simMs = next;
		playSecond(run);
	}
}

/** Plays the time before the run: faults that began early, and what followed from them. Nobody is there. */
export function playPrehistory(run: Run): void {
	while (run.now < 0) {
		const next = Math.min(0, nextWorldStop(run));
		run.state.simMs = next - 1000;
		followImpact(run);
		run.state.simMs = next;
		playQueue(run);
		playKills(run);
		followConditions(run);
		followImpact(run);
	}
}

/** One second, in this order: what was due, kills, faults, impact, injects, rules, the timeline, the end. */
function playSecond(run: Run): void {
	const from = run.events.length;
	playQueue(run);
	playKills(run);
	followConditions(run);
	followImpact(run);
	followInjects(run);
	if (run.now % TICK_MS === 0) followRules(run);
	keepTimeline(run, from);
	followExpectations(run);
	followEnd(run);
}

/** The next second at which something can happen. */
function nextStop(run: Run): number {
	const second = run.now + 1000;
	const { incident } = run.state;
	// A resolution or stand-down is tested every second until it is true or taken back.
	const ending = incident.status === 'resolved' || incident.stoodDown;
	if (ending || waitingInjects(run).length > 0) return second;
	return Math.max(second, Math.min(nextWorldStop(run), firstTick(second), limitMs(run)));
}

function nextWorldStop(run: Run): number {
	const second = run.now + 1000;
	if (faultConditions(run).length > 0) return second;
	const due = run.state.queue[0]?.atMs ?? Infinity;
	const kill = nextOom(run.world, run.state.world, run.now)?.atMs ?? Infinity;
	return Math.max(second, Math.ceil(Math.min(due, kill) / 1000) * 1000);
}

function playQueue(run: Run): void {
	for (let entry = run.state.queue[0]; entry !== undefined && entry.atMs <= run.now; entry = run.state.queue[0]) {
		run.state.queue = run.state.queue.slice(1);
		play(run, entry.task);
	}
}

function play(run: Run, task: QueueTask): void {
	switch (task.type) {
		case 'fault.begin':
			return beginFault(run, task.faultId, run.now, true);
		case 'fault.timer':
			return void moveFault(run, task.faultId, task.event, 'time');
		case 'inject':
			return deliverInject(run, task.injectId);
		case 'mitigation.done':
			return following(run, task.command, () => finishMitigation(run, task));
		case 'diagnostic.done':
			return following(run, task.command, () => finishDiagnostic(run, task));
		case 'shell.done':
			return following(run, task.command, () => finishShell(run, task));
		case 'page':
			return deliverPage(run, task);
		case 'escalation':
			return escalateUnmitigated(run, task.severity);
		case 'change':
			return makeChange(run, task.changeId);
	}
}

/** What a task brings about follows from the command that began it. */
function following(run: Run, command: number, play: () => void): void {
	run.command = command;
	play();
	run.command = null;
}

/** A change that the scenario has planned for now is made. */
function makeChange(run: Run, changeId: string): void {
	const change = run.machinery.compiled.scenario.changes.find(({ id }) => id === changeId);
	if (change === undefined) return;
	if (change.version !== undefined) {
		run.setWorld(deployVersion(run.world, run.state.world, change.service, change, run.now));
	}
	tellChange(run, change, run.now);
}

/** A change of the scenario appears in the change feed, dated to when it was made. */
export function tellChange(run: Run, change: ChangeSpec, atMs: number): void {
	const { service, kind, title, detail, by } = change;
	const changeId = nextId(run.state.incident, 'change');
	const payload = { changeId, service, kind, title, detail, version: change.version ?? null, by };
	run.tell({ type: 'change.deployed', payload }, { actor: WORLD, simMs: atMs, causedBy: null });
}

function playKills(run: Run): void {
	for (;;) {
		const kill = nextOom(run.world, run.state.world, run.now - 1000);
		if (kill === null || kill.atMs > run.now) return;
		run.setWorld(oomKill(run.state.world, kill.service, kill.pod, kill.atMs));
	}
}

/**
 * What if: the command log of a finished run with some commands taken out, moved or added, simulated again. All other commands
 * stay at their times; those that the changed world refuses are listed. Pure.
 */
import type { Engine, RunSettings } from '../engine/types.ts';
import type { LoggedCommand } from '../incident/command.ts';
import type { CommandEdit } from '../incident/edit.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { foldAll } from '../incident/fold.ts';
import { holderOf, responders } from '../incident/seats.ts';
import { futureFrom, type Future } from './what-if-future.ts';
import { NOBODY } from './policy.ts';
import { replay } from './replay.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';

export interface FinishedRun {
	seed: string;
	settings: RunSettings;
	commands: readonly LoggedCommand[];
	events: readonly IncidentEvent[];
}

/** What is asked: changes to the log, nobody acting, or the author's own line of play. */
export type WhatIf = { type: 'edits'; edits: readonly CommandEdit[] } | { type: 'nobody' } | { type: 'reference' };

/** Simulates the other future. Throws where an edit names a command that is not in the log: see `checkEdits`. */
export function whatIf(engine: Engine, run: FinishedRun, asked: WhatIf): Future {
	const { seed, settings } = run;
	if (asked.type === 'nobody') {
		return futureFrom(simulate(engine, { seed, settings, policy: NOBODY }).events, settings.policy);
	}
	if (asked.type === 'reference') {
		const policy = new ScriptPolicy('ideal', engine.compiled.scenario.ideal);
		return futureFrom(simulate(engine, { seed, settings, policy }).events, settings.policy);
	}
	const commands = editCommands(run, asked.edits, engine.compiled.startsAt);
	const simulated = replay(engine, { seed, settings, commands });
	const refused = simulated.refused.map(({ body, message, simMs }) => ({
		n: commands.find((command) => command.body === body)?.n ?? 0,
		simMs,
		message
	}));
	const played = simulated.commands.length + refused.length;
	const endedMs = simulated.state.simMs;
	// What people did after the end of the changed run was in the log of the first one, and came to nothing here.
	const late = commands.slice(played).filter(({ simMs }) => (simMs ?? 0) >= endedMs);
	const before = run.events.findLast(({ type }) => type === 'run.ended')?.simMs ?? endedMs;
	return {
		...futureFrom(simulated.events, settings.policy),
		refused,
		unplayed: late.filter(({ simMs }) => (simMs ?? 0) < before).map(({ n }) => n)
	};
}

/** The run as it was, in the same terms. */
export function thisRun({ events, settings }: FinishedRun): Future {
	const end = events.findIndex(({ type }) => type === 'run.ended');
	return futureFrom(end === -1 ? events : events.slice(0, end + 1), settings.policy);
}

/** Why edits cannot be made to a log, in a sentence; null where they can. */
export function checkEdits(run: FinishedRun, edits: readonly CommandEdit[], limitMs: number): string | null {
	const known = new Set(run.commands.map(({ n }) => n));
	const touched = new Set<number>();
	for (const edit of edits) {
		const ms = edit.type === 'move' ? edit.toMs : edit.type === 'add' ? edit.atMs : 0;
		if (ms < 0 || ms > limitMs) return `Choose a minute between 0 and ${Math.floor(limitMs / 60_000)}.`;
		if (edit.type === 'add') {
			if (!commanderAt(run, edit.body.type, edit.atMs))
				return 'Nobody was in the room at that minute who could have done it: choose a later one.';
			continue;
		}
		if (!known.has(edit.n)) return 'One of the actions is not in the log of this run.';
		if (touched.has(edit.n)) return 'One of the actions is changed twice: take it out or move it, not both.';
		touched.add(edit.n);
	}
	return null;
}

/** The log with the edits made, in order of time; what is moved or added comes after what stood at that second already. */
export function editCommands(run: FinishedRun, edits: readonly CommandEdit[], startsAt: number): LoggedCommand[] {
	const gone = new Set(edits.flatMap((edit) => (edit.type === 'add' ? [] : [edit.n])));
	const at = (command: LoggedCommand, simMs: number): LoggedCommand => ({ ...command, simMs, at: startsAt + simMs });
	let n = Math.max(0, ...run.commands.map((command) => command.n));
	const fresh = edits.flatMap((edit): LoggedCommand[] => {
		if (edit.type === 'remove') return [];
		if (edit.type === 'move') {
			const command = run.commands.find((one) => one.n === edit.n);
			if (!command) throw new Error(`there is no command ${edit.n} to move`);
			return [at(command, toSecond(edit.toMs))];
		}
		n += 1;
		const by = commanderAt(run, edit.body.type, edit.atMs);
		if (!by) throw new Error('nobody was there to do what is added');
		return [at({ n, simMs: 0, at: 0, by, clientCommandId: `what-if-${n}`, body: edit.body }, toSecond(edit.atMs))];
	});
	const kept = run.commands.filter((command) => !gone.has(command.n));
	return [...kept, ...fresh]
		.map((command, order) => ({ command, order }))
		.sort((a, b) => (a.command.simMs ?? 0) - (b.command.simMs ?? 0) || a.order - b.order)
		.map(({ command }) => command);
}

function toSecond(ms: number): number {
	return Math.round(ms / 1000) * 1000;
}

/** Who would have done it: the lead of that work, else the commander, else whoever responded first. Null where nobody did. */
function commanderAt(run: FinishedRun, type: string, atMs: number): LoggedCommand['by'] | null {
	const state = foldAll(
		'practice',
		run.events.filter(({ simMs }) => (simMs ?? 0) <= atMs)
	);
	const lead = type === 'publishStatusUpdate' ? 'communications_lead' : 'technical_lead';
	const first = type === 'applyMitigation' || type === 'publishStatusUpdate' ? holderOf(state, lead) : null;
	const participantId = first ?? holderOf(state, 'incident_commander') ?? responders(state)[0] ?? null;
	return participantId === null ? null : { participantId, host: false };
}

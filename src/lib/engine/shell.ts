import { EVERYONE } from '../incident/actor.ts';
import { nextId } from '../incident/next-id.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import { printed, readLine, type Reading, type ShellView } from '../telemetry/index.ts';
import { nextSecond, type Run } from './run.ts';
import type { EngineState, QueueTask, TaskCause } from './types.ts';
import type { Machinery } from './run.ts';

type Done = Extract<QueueTask, { type: 'shell.done' }>;

/** Lines that one person may have running side by side. */
const MOST_RUNNING = 4;

/** Begins a command that looks at the system; its output comes when its time is over. */
export function startShell(
	run: Run,
	line: string,
	reading: Extract<Reading, { type: 'look' }>,
	cause: TaskCause
): Refusal | null {
	const { participantId } = cause.by;
	const running = run.state.queue.filter(
		({ task }) => task.type === 'shell.done' && task.by.participantId === participantId
	);
	if (running.length >= MOST_RUNNING)
		return refuse('too_many', `${MOST_RUNNING} commands of yours are running: their output comes in a moment.`);
	const readyMs = Math.max(nextSecond(run.now), Math.ceil((run.now + reading.takesMs) / 1000) * 1000);
	const command = line.trim();
	const diagnosticId = `shell-${cause.command}`;
	const actor = { kind: 'participant' as const, id: participantId };
	run.tell(
		{
			type: 'diagnostic.started',
			payload: { diagnosticId, command, readyAt: run.machinery.compiled.startsAt + readyMs }
		},
		{ actor, audience: EVERYONE }
	);
	run.schedule(readyMs, { type: 'shell.done', diagnosticId, line: command, ...cause });
	return null;
}

/** Shows what a command prints at this moment: the same for the same state and line. */
export function finishShell(run: Run, task: Done): void {
	const reading = readLine(task.line, run.machinery.compiled);
	if (reading.type !== 'look') return;
	const output = printed(reading, shellView(run.machinery, run.state));
	run.tell(
		{
			type: 'evidence.revealed',
			payload: {
				evidenceId: nextId(run.state.incident, 'evidence', EVERYONE),
				diagnosticId: task.diagnosticId,
				command: task.line,
				kind: reading.kind,
				output
			}
		},
		{ actor: { kind: 'participant', id: task.by.participantId }, audience: EVERYONE }
	);
}

/** What a terminal can look at now. */
export function shellView({ world, observation }: Machinery, state: Pick<EngineState, 'world' | 'simMs'>): ShellView {
	return { world, state: state.world, nowMs: state.simMs, observation };
}

import { EVERYONE, type Actor, type Audience } from '../incident/actor.ts';
import { nextId } from '../incident/next-id.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import { isCommandRole, type Role } from '../incident/role.ts';
import { seatsOf } from '../incident/seats.ts';
import type { DiagnosticSpec } from '../scenario/scenario.schema.ts';
import { conditionHoldsIn } from './conditions.ts';
import { AUTOMATION, nextSecond, type Run } from './run.ts';
import { completeAutomated } from './runbooks.ts';
import { fillIn } from './templates.ts';
import type { QueueTask, TaskCause } from './types.ts';

type Done = Extract<QueueTask, { type: 'diagnostic.done' }>;

/** Begins a diagnostic; its output comes when its time is over. */
export function startDiagnostic(run: Run, diagnosticId: string, cause: TaskCause): Refusal | null {
	const spec = diagnosticSpec(run, diagnosticId);
	if (spec === null) return refuse('unknown_id', 'There is no such diagnostic: choose one from the list.');
	const running = run.state.queue.some(
		({ task }) =>
			task.type === 'diagnostic.done' &&
			task.diagnosticId === diagnosticId &&
			task.by.participantId === cause.by.participantId
	);
	if (running) return refuse('wrong_state', `"${spec.title}" is running: its output comes in a moment.`);
	const readyMs = Math.max(nextSecond(run.now), Math.ceil((run.now + spec.takes) / 1000) * 1000);
	const audience = audienceOf(run, spec, cause);
	run.tell(
		{
			type: 'diagnostic.started',
			payload: { diagnosticId, command: spec.command, readyAt: run.machinery.compiled.startsAt + readyMs }
		},
		{ actor: actorOf(cause), audience }
	);
	run.schedule(readyMs, { type: 'diagnostic.done', diagnosticId, audience, ...cause });
	return null;
}

/** Shows what a diagnostic prints at this moment. */
export function finishDiagnostic(run: Run, task: Done): void {
	const spec = diagnosticSpec(run, task.diagnosticId);
	if (spec === null) return;
	const output = outputOf(run, spec);
	const evidenceId = nextId(run.state.incident, 'evidence', task.audience);
	run.tell(
		{
			type: 'evidence.revealed',
			payload: { evidenceId, diagnosticId: spec.id, command: spec.command, kind: spec.kind, output }
		},
		{ actor: actorOf(task), audience: task.audience }
	);
	if (run.state.evidenceSeen[spec.id] === undefined) {
		run.state.evidenceSeen = { ...run.state.evidenceSeen, [spec.id]: run.now };
	}
	if (task.automated) completeAutomated(run, task, output);
}

export function diagnosticSpec(run: Run, diagnosticId: string): DiagnosticSpec | null {
	return run.machinery.compiled.scenario.diagnostics.find(({ id }) => id === diagnosticId) ?? null;
}

/** The first text whose condition holds. Where it needs something that is not there, the tool says so. */
function outputOf(run: Run, spec: DiagnosticSpec): string {
	const test = (condition: NonNullable<DiagnosticSpec['needs']>) =>
		conditionHoldsIn(run.machinery, run.state, condition);
	if (spec.needs !== undefined && !test(spec.needs)) return 'error: not available from here yet';
	const shown = spec.shows.find(({ when }) => when === undefined || test(when));
	return shown === undefined ? '(no output)' : fillIn(run.machinery, run.state, shown.text);
}

function actorOf(cause: TaskCause): Actor {
	return cause.automated ? AUTOMATION : { kind: 'participant', id: cause.by.participantId };
}

/** Everyone sees it where it names no seats or whoever runs it holds none; else those seats and the runner's own. */
function audienceOf(run: Run, spec: DiagnosticSpec, cause: TaskCause): Audience {
	const own = seatsOf(run.state.incident, cause.by.participantId).filter(isCommandRole);
	if (spec.seats.length === 0 || own.length === 0) return EVERYONE;
	const seats = new Set<Role>([...spec.seats, ...own]);
	return { kind: 'seats', seats: [...seats].sort() };
}

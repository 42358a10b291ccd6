import { FACILITATOR } from '../incident/actor.ts';
import type { LoggedCommand, ResponseCommand, RunCommand } from '../incident/command.ts';
import { decide, isResponseCommand } from '../incident/decide.ts';
import { exhaustive } from '../incident/exhaustive.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import { seatsOf } from '../incident/seats.ts';
import { keepTimeline } from './bot.ts';
import { applyClock } from './clock.ts';
import { meaningOf } from './console.ts';
import { startDiagnostic } from './diagnostics.ts';
import { checkRunGate } from './gate.ts';
import { followExpectations } from './expectations.ts';
import { giveHint, requestHint } from './hints.ts';
import { interveneInject } from './injects.ts';
import { startMitigation } from './mitigations.ts';
import { onCallOf } from './on-call.ts';
import type { Run } from './run.ts';
import { outlinesOf, runStep } from './runbooks.ts';
import { startShell } from './shell.ts';
import type { TaskCause } from './types.ts';

const MOST_TEXT = 4_000;
const MOST_DELAY_MS = 8 * 3_600_000;

/** Carries out a command at the state's simulated time. Null where it was done; a refusal leaves a run to be thrown away. */
export function applyCommand(run: Run, command: LoggedCommand): Refusal | null {
	run.command = command.n;
	run.state.commandCount += 1;
	const from = run.events.length;
	const { body } = command;
	const refusal = isResponseCommand(body) ? respond(run, command, body) : play(run, command, body);
	if (refusal !== null) return refusal;
	keepTimeline(run, from);
	followExpectations(run);
	run.command = null;
	return null;
}

/** What people do in any incident: decided as in a real one. */
function respond(run: Run, command: LoggedCommand, body: ResponseCommand): Refusal | null {
	const { compiled } = run.machinery;
	const decision = decide(run.state.incident, body, {
		at: compiled.startsAt + run.now,
		simMs: run.now,
		by: command.by,
		commandNumber: command.n,
		seats: seatsOf(run.state.incident, command.by.participantId),
		policy: run.state.settings.policy,
		onCall: onCallOf(run.state.incident),
		runbooks: outlinesOf(compiled)
	});
	if (!decision.ok) return decision;
	for (const event of decision.events) {
		run.keep(event);
		if (event.type === 'incident.declared') awaitMitigation(run, event.payload.severity);
		else if (event.type === 'severity.changed') awaitMitigation(run, event.payload.to);
	}
	return null;
}

/** From now on the severity's time without mitigation runs. Where everyone is called at once there is nothing to wait for. */
function awaitMitigation(run: Run, severity: keyof Run['state']['settings']['policy']): void {
	const { escalationMs } = run.state.settings.policy[severity];
	run.unschedule((task) => task.type === 'escalation');
	if (escalationMs > 0) run.schedule(run.now + escalationMs, { type: 'escalation', severity });
}

/** What people do to the simulated system and to the run. */
function play(run: Run, command: LoggedCommand, body: RunCommand): Refusal | null {
	const { by } = command;
	const { participantId } = by;
	const gate = checkRunGate(run.state.incident, body.type, {
		host: by.host,
		seats: seatsOf(run.state.incident, participantId)
	});
	if (gate !== null) return gate;
	const cause = { by, command: command.n, runbookId: null, stepId: null, automated: false };
	switch (body.type) {
		case 'beginRun':
		case 'pauseRun':
		case 'resumeRun':
		case 'setSpeed':
		case 'freezeForRealIncident':
		case 'endRun':
			return applyClock(run, body, by);
		case 'runDiagnostic':
			return startDiagnostic(run, body.diagnosticId, cause);
		case 'applyMitigation':
			return startMitigation(run, body.mitigationId, { ...cause, runbookId: body.runbookId, stepId: body.stepId });
		case 'runStep':
			return runStep(run, body.runbookId, body.stepId, by);
		case 'runConsole':
			return runLine(run, body.line, cause);
		case 'requestHint':
			return requestHint(run, participantId);
		case 'giveHint':
			return (body.text?.length ?? 0) > MOST_TEXT
				? refuse('too_large', `A hint has at most ${MOST_TEXT} characters.`)
				: giveHint(run, body.text, participantId);
		case 'fireInject':
			return intervene(run, body.injectId, 'inject_fired', null, participantId);
		case 'skipInject':
			return intervene(run, body.injectId, 'inject_skipped', null, participantId);
		case 'delayInject':
			return body.byMs > 0 && body.byMs <= MOST_DELAY_MS
				? intervene(run, body.injectId, 'inject_delayed', body.byMs, participantId)
				: refuse('incomplete', 'Delay an inject by up to eight hours.');
		case 'recordObservation': {
			const text = body.text.trim();
			if (text === '') return refuse('incomplete', 'Say what you observed.');
			if (text.length > MOST_TEXT) return refuse('too_large', `A note has at most ${MOST_TEXT} characters.`);
			const actor = { kind: 'participant' as const, id: participantId };
			run.tell({ type: 'observation.recorded', payload: { text } }, { actor, audience: FACILITATOR });
			return null;
		}
		default:
			return exhaustive(body);
	}
}

/** A line typed into the console does what it means. */
function runLine(run: Run, line: string, cause: TaskCause): Refusal | null {
	const meaning = meaningOf(run.machinery.compiled, line);
	switch (meaning.type) {
		case 'diagnostic':
			return startDiagnostic(run, meaning.id, cause);
		case 'mitigation':
			return startMitigation(run, meaning.id, cause);
		case 'look':
			return startShell(run, line, meaning.reading, cause);
		case 'refused':
			return refuse('unknown_id', meaning.message);
	}
}

function intervene(
	run: Run,
	injectId: string,
	what: 'inject_fired' | 'inject_skipped' | 'inject_delayed',
	byMs: number | null,
	participantId: string
): Refusal | null {
	if (run.state.injects[injectId] === undefined)
		return refuse('unknown_id', 'There is no such inject in this scenario.');
	return interveneInject(run, injectId, what, byMs, participantId)
		? null
		: refuse('wrong_state', 'That inject has been delivered or skipped already.');
}

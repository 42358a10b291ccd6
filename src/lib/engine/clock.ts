import type { Actor } from '../incident/actor.ts';
import type { Commander, RunCommand } from '../incident/command.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import { fireStanding } from './alerts.ts';
import { endRun, isRestored } from './ending.ts';
import { MUSTER, type Run } from './run.ts';

/** Muster itself in the command log, where it pauses a run that was restarted or that nobody attends. */
const SERVER = 'muster';

export const SLOWEST = 1;
export const FASTEST = 60;

type Clock = Extract<
	RunCommand,
	{ type: 'beginRun' | 'pauseRun' | 'resumeRun' | 'setSpeed' | 'freezeForRealIncident' | 'endRun' }
>;

/** Begins, pauses, resumes, speeds up, freezes or ends a run. None of it changes what happens in simulated time. */
export function applyClock(run: Run, command: Clock, by: Commander): Refusal | null {
	const { incident } = run.state;
	const actor: Actor = by.participantId === SERVER ? MUSTER : { kind: 'participant', id: by.participantId };
	switch (command.type) {
		case 'beginRun':
			if (incident.lifecycle !== 'lobby') return refuse('wrong_state', 'The run has begun already.');
			run.tell({ type: 'run.began', payload: { speed: incident.speed } }, { actor });
			fireStanding(run);
			return null;
		case 'pauseRun': {
			if (incident.lifecycle === 'paused') return refuse('wrong_state', 'The run is paused already.');
			run.tell({ type: 'clock.paused', payload: { reason: command.reason, cause: command.cause } }, { actor });
			return null;
		}
		case 'resumeRun':
			if (incident.lifecycle !== 'paused') return refuse('wrong_state', 'The run is not paused.');
			run.tell({ type: 'clock.resumed', payload: {} }, { actor });
			return null;
		case 'setSpeed': {
			const { speed } = command;
			if (!(speed >= SLOWEST && speed <= FASTEST)) {
				return refuse('incomplete', `Choose a speed from ${SLOWEST} to ${FASTEST}.`);
			}
			if (speed === incident.speed) return refuse('wrong_state', `The speed is ${speed} already.`);
			run.tell({ type: 'clock.speed_changed', payload: { speed } }, { actor });
			return null;
		}
		case 'freezeForRealIncident':
			if (incident.frozen) return refuse('wrong_state', 'The exercise is frozen already.');
			run.tell({ type: 'exercise.frozen', payload: { by: by.participantId } }, { actor });
			return null;
		case 'endRun':
			endRun(run, incident.status === 'resolved' && isRestored(run) ? 'resolved' : 'unresolved', command.reason);
			return null;
	}
}

import type { RunCommand } from '../incident/command.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import type { Role } from '../incident/role.ts';
import type { IncidentState } from '../incident/state.ts';

interface Rule {
	/** `hands` respond; `room` is all who joined; `host` holds the host link or facilitates; `facilitator` sees the truth. */
	who: 'hands' | 'room' | 'host' | 'facilitator';
	/** `live` while it runs; `begun` also while paused; `any` until the end. */
	when: 'live' | 'begun' | 'any';
}

const RULES: Record<RunCommand['type'], Rule> = {
	beginRun: { who: 'host', when: 'any' },
	runDiagnostic: { who: 'hands', when: 'live' },
	runConsole: { who: 'hands', when: 'live' },
	runStep: { who: 'hands', when: 'live' },
	applyMitigation: { who: 'hands', when: 'live' },
	requestHint: { who: 'hands', when: 'live' },
	giveHint: { who: 'facilitator', when: 'begun' },
	fireInject: { who: 'facilitator', when: 'begun' },
	skipInject: { who: 'facilitator', when: 'any' },
	delayInject: { who: 'facilitator', when: 'any' },
	recordObservation: { who: 'facilitator', when: 'any' },
	pauseRun: { who: 'host', when: 'begun' },
	resumeRun: { who: 'host', when: 'begun' },
	setSpeed: { who: 'host', when: 'any' },
	freezeForRealIncident: { who: 'room', when: 'any' },
	endRun: { who: 'host', when: 'any' }
};

/** Refuses a command of the run for who gives it or when; null where nothing stands against it. */
export function checkRunGate(
	state: IncidentState,
	type: RunCommand['type'],
	by: { host: boolean; seats: readonly Role[] }
): Refusal | null {
	const rule = RULES[type];
	return checkWho(rule, by) ?? checkWhen(rule, state);
}

function checkWho(rule: Rule, by: { host: boolean; seats: readonly Role[] }): Refusal | null {
	const facilitates = by.seats.includes('facilitator');
	switch (rule.who) {
		case 'facilitator':
			return facilitates ? null : refuse('forbidden', 'Only a facilitator may do that: it needs the truth of the run.');
		case 'host':
			return by.host || facilitates
				? null
				: refuse('forbidden', 'Only the host or a facilitator may do that: ask them.');
		case 'room':
			return by.host || by.seats.length > 0 ? null : refuse('forbidden', 'You are not in the room: join first.');
		case 'hands':
			if (by.seats.length === 0) return refuse('forbidden', 'You are not in the room: join first.');
			if (by.seats.includes('observer')) {
				return refuse('forbidden', 'Observers watch and read: join as a responder to take part.');
			}
			return facilitates
				? refuse('forbidden', 'You facilitate this run and know the truth: leave this to the responders.')
				: null;
	}
}

function checkWhen(rule: Rule, { lifecycle, frozen }: IncidentState): Refusal | null {
	if (lifecycle === 'ended') return refuse('ended', 'This is over: only debrief and post-mortem are open now.');
	if (rule.when === 'any' || lifecycle === 'running') return null;
	if (lifecycle === 'lobby') return refuse('not_started', 'The run has not begun: wait for the host to start it.');
	if (rule.when === 'begun') return null;
	return frozen
		? refuse('paused', 'The exercise is frozen because something real happened: messages and notes still work.')
		: refuse('paused', 'The run is paused: messages, notes and roles still work, the rest waits for it to go on.');
}

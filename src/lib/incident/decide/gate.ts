/**
 * Who may give which command, and when: one row per command. What depends on the content of the command is decided in
 * its family's file. A browser may ask here whether to offer a button.
 */
import type { Commander, ResponseCommand } from '../command.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Role } from '../role.ts';
import type { IncidentState } from '../state.ts';

interface Rule {
	/** `hands` respond; `voices` are hands and facilitators; `room` is all who joined; `host` needs the host link or facilitates. */
	who: 'anyone' | 'room' | 'voices' | 'hands' | 'host';
	/** `live` while it runs; `talk` also in the lobby and while paused; `always` also after the end; `after` once it is over. */
	when: 'live' | 'talk' | 'always' | 'after';
	/** Only in incidents of one kind. */
	only?: 'practice' | 'real';
}

const HANDS_LIVE: Rule = { who: 'hands', when: 'live' };
const ROLES_RULE: Rule = { who: 'hands', when: 'talk' };
const BY_HAND: Rule = { who: 'hands', when: 'always', only: 'real' };

const RULES: Record<ResponseCommand['type'], Rule> = {
	join: { who: 'anyone', when: 'always' },
	leave: { who: 'room', when: 'always' },
	acknowledgeAlert: HANDS_LIVE,
	silenceAlert: HANDS_LIVE,
	declareIncident: HANDS_LIVE,
	changeSeverity: HANDS_LIVE,
	changeStatus: HANDS_LIVE,
	escalate: HANDS_LIVE,
	reopenIncident: { who: 'hands', when: 'always' },
	standDown: HANDS_LIVE,
	takeRole: ROLES_RULE,
	releaseRole: ROLES_RULE,
	assignRole: { who: 'voices', when: 'talk' },
	handOffRole: { who: 'voices', when: 'talk' },
	acknowledgeHandoffItem: ROLES_RULE,
	postMessage: { who: 'voices', when: 'talk' },
	correctMessage: { who: 'voices', when: 'talk' },
	updateBrief: HANDS_LIVE,
	publishStatusUpdate: HANDS_LIVE,
	answerStakeholder: HANDS_LIVE,
	handStakeholder: HANDS_LIVE,
	assignTask: HANDS_LIVE,
	completeTask: HANDS_LIVE,
	proposeHypothesis: HANDS_LIVE,
	reviseHypothesis: HANDS_LIVE,
	linkEvidence: HANDS_LIVE,
	ruleOutHypothesis: HANDS_LIVE,
	confirmHypothesis: HANDS_LIVE,
	// Notes and decisions may still be written down in review, dated to when they were made.
	addNote: { who: 'voices', when: 'always' },
	recordDecision: { who: 'hands', when: 'always' },
	pinEvidence: HANDS_LIVE,
	viewTelemetry: { who: 'room', when: 'always' },
	openRunbook: HANDS_LIVE,
	completeStep: HANDS_LIVE,
	skipStep: HANDS_LIVE,
	markUnclear: HANDS_LIVE,
	finishRunbook: HANDS_LIVE,
	addAttachment: { who: 'hands', when: 'always' },
	answerHotwash: { who: 'room', when: 'after' },
	openAnswers: { who: 'host', when: 'after' },
	moveHotwash: { who: 'host', when: 'after' },
	answerSurvey: { who: 'room', when: 'after' },
	giveRating: { who: 'room', when: 'always' },
	openTruth: { who: 'host', when: 'after', only: 'practice' },
	correctMilestone: { who: 'voices', when: 'always' },
	requestPostmortemReview: { who: 'voices', when: 'after' },
	returnPostmortem: { who: 'voices', when: 'after' },
	publishPostmortem: { who: 'voices', when: 'after' },
	recordAlert: BY_HAND,
	recordAlertResolved: BY_HAND,
	recordImpact: BY_HAND,
	recordChange: BY_HAND,
	recordMitigation: BY_HAND
};

/** Refuses a command for who gives it or when it is given; null where nothing stands against it. */
export function checkGate(
	state: IncidentState,
	type: ResponseCommand['type'],
	by: { commander: Commander; seats: readonly Role[] }
): Refusal | null {
	const rule = RULES[type];
	if (rule.only && rule.only !== state.origin) {
		return rule.only === 'real'
			? refuse('wrong_state', 'That is for real incidents: in an exercise the simulation records it.')
			: refuse('wrong_state', 'That is for exercises: in a real incident there is nothing hidden to open.');
	}
	return checkWho(rule, by.commander.host, by.seats) ?? checkWhen(rule, state);
}

function checkWho(rule: Rule, host: boolean, seats: readonly Role[]): Refusal | null {
	if (rule.who === 'anyone') return null;
	if (rule.who === 'host') {
		return host || seats.includes('facilitator')
			? null
			: refuse('forbidden', 'Only the host or a facilitator may do that: ask them.');
	}
	if (seats.length === 0) {
		return host && rule.who === 'voices' ? null : refuse('forbidden', 'You are not in the room: join first.');
	}
	if (rule.who === 'room') return null;
	if (seats.includes('observer')) {
		return refuse('forbidden', 'Observers watch and read: join as a responder to take part.');
	}
	if (rule.who === 'hands' && seats.includes('facilitator')) {
		return refuse('forbidden', 'You facilitate this run and know the truth: leave this to the responders.');
	}
	return null;
}

function checkWhen(rule: Rule, state: IncidentState): Refusal | null {
	const { lifecycle } = state;
	if (rule.when === 'always') return null;
	if (rule.when === 'after') return checkAfter(state);
	if (lifecycle === 'ended') return refuse('ended', 'This is over: only debrief and post-mortem are open now.');
	if (lifecycle === 'running' || rule.when === 'talk') return null;
	if (lifecycle === 'lobby') return refuse('not_started', 'The run has not begun: wait for the host to start it.');
	return state.frozen
		? refuse('paused', 'The exercise is frozen because something real happened: messages and notes still work.')
		: refuse('paused', 'The run is paused: messages, notes and roles still work, the rest waits for it to go on.');
}

/** A real incident is over for the purposes of review once it is resolved, though it may not be closed yet. */
function checkAfter(state: IncidentState): Refusal | null {
	if (state.lifecycle === 'ended') return null;
	if (state.origin === 'real' && state.status === 'resolved') return null;
	return refuse('wrong_state', 'This comes after the end: resolve the incident or end the run first.');
}

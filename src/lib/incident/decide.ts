/**
 * What people's commands bring about, in practice and in a real incident alike. Pure: time, who commands and what the
 * organisation has decided come as arguments. It knows nothing of a simulated system: the engine composes it with one.
 */
import type { ResponseCommand } from './command.ts';
import type { CommandOf, DecideContext, Decider, Decision } from './decide/context.ts';
import { decideAfter } from './decide/after.ts';
import { decideAlerts } from './decide/alerts.ts';
import { decideByHand } from './decide/by-hand.ts';
import { decideDebrief } from './decide/debrief.ts';
import { decideDeclaration } from './decide/declaration.ts';
import { decideEvidence } from './decide/evidence.ts';
import { checkGate } from './decide/gate.ts';
import { decideHandoff } from './decide/handoff.ts';
import { decideHypotheses } from './decide/hypotheses.ts';
import { checkBounds } from './decide/limits.ts';
import { decidePeople } from './decide/people.ts';
import { decideRoles } from './decide/roles.ts';
import { decideRunbooks } from './decide/runbooks.ts';
import { decideStakeholders } from './decide/stakeholders.ts';
import { decideStatus } from './decide/status.ts';
import { decideTalk } from './decide/talk.ts';
import { decideTasks } from './decide/tasks.ts';
import type { IncidentState } from './state.ts';

export type { DecideContext, Decision } from './decide/context.ts';

type ResponseType = ResponseCommand['type'];

const DECIDERS: { [T in ResponseType]: Decider<T> } = {
	...decidePeople,
	...decideRoles,
	...decideHandoff,
	...decideAlerts,
	...decideDeclaration,
	...decideStatus,
	...decideTalk,
	...decideStakeholders,
	...decideTasks,
	...decideHypotheses,
	...decideEvidence,
	...decideRunbooks,
	...decideAfter,
	...decideDebrief,
	...decideByHand
};

/** Whether a command is one of the response, decided here, or one of the run, which only an engine can carry out. */
export function isResponseCommand(command: { type: string }): command is ResponseCommand {
	return Object.hasOwn(DECIDERS, command.type);
}

/**
 * The events that follow from a command, in order, or a refusal that says in one sentence what to do instead.
 * An accepted command may cause no event at all (an observer looked at a chart). Never throws for what people send.
 */
export function decide(state: IncidentState, command: ResponseCommand, context: DecideContext): Decision {
	return (
		checkGate(state, command.type, { commander: context.by, seats: context.seats }) ??
		checkBounds(command, context.at) ??
		dispatch(state, command.type, command, context)
	);
}

function dispatch<T extends ResponseType>(
	state: IncidentState,
	type: T,
	command: CommandOf<T>,
	context: DecideContext
): Decision {
	return DECIDERS[type](state, command, context);
}

import type { Actor } from '../actor.ts';
import type { EventDraft } from '../event.ts';
import type { ParticipantId } from '../ids.ts';
import { ON_CALL_NAMES, onCallFor, type OnCall } from '../on-call.ts';
import { COMMAND_ROLES, ROLE_NAMES, type CommandRole } from '../role.ts';
import { holderOf, isHere, responders } from '../seats.ts';
import type { Severity } from '../severity.ts';
import type { IncidentState } from '../state.ts';
import { draft, type DecideContext } from './context.ts';

const MUSTER: Actor = { kind: 'system', name: 'muster' };
const PAGER: Actor = { kind: 'system', name: 'pager' };

/** One proposal per open seat, by the rules of the severity; none where there is no rota. */
export function proposeRoles(state: IncidentState, severity: Severity, context: DecideContext): EventDraft[] {
	const { onCall } = context;
	if (!onCall) return [];
	const seats = onCallFor(severity);
	return COMMAND_ROLES.filter((role) => holderOf(state, role) === null).map((role) =>
		draft(
			context,
			{ type: 'role.proposed', payload: proposal(state, role, seats[role], severity, onCall) },
			{ actor: MUSTER }
		)
	);
}

function proposal(
	state: IncidentState,
	role: CommandRole,
	seat: keyof OnCall | 'bot',
	severity: Severity,
	onCall: OnCall
): { role: CommandRole; participantId: ParticipantId | null; bot: boolean; onCall: string; why: string } {
	if (seat === 'bot') {
		return { role, participantId: null, bot: true, onCall: 'bot', why: `At ${severity} the bot keeps the timeline.` };
	}
	const person = onCall[seat];
	const participantId = person !== null && isHere(state, person) ? person : null;
	const why =
		participantId === null
			? `At ${severity} this is for the ${ON_CALL_NAMES[seat]}, who is not here: anyone may take it.`
			: `At ${severity} the ${ON_CALL_NAMES[seat]} is ${ROLE_NAMES[role].toLowerCase()}.`;
	return { role, participantId, bot: false, onCall: seat, why };
}

/** Calls everyone at once, as the highest severity asks; nothing where everyone has been called before. */
export function pageEveryone(state: IncidentState, reason: string, context: DecideContext): EventDraft[] {
	if (state.escalations?.some((one) => one.to === 'everyone')) return [];
	return [
		draft(context, { type: 'escalated', payload: { to: 'everyone', whom: 'all hands', reason } }, { actor: MUSTER }),
		page(state, 'everyone', reason, context)
	];
}

/** A page for the most recent firing alert, to those here who hold that seat of the rota. */
export function page(
	state: IncidentState,
	to: 'secondary' | 'everyone',
	reason: string,
	context: DecideContext
): EventDraft {
	const alert = state.alerts.findLast((one) => one.resolvedAt === null);
	const secondary = context.onCall?.secondary ?? null;
	const participants =
		to === 'everyone' ? responders(state) : secondary !== null && isHere(state, secondary) ? [secondary] : [];
	return draft(
		context,
		{ type: 'page.delivered', payload: { alertId: alert?.alertId ?? null, to, participants, reason } },
		{ actor: PAGER }
	);
}

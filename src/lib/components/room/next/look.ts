/** What the rules of the next step look at, and what several of them ask. Pure. */
import type { CommandBody } from '$lib/incident/command.ts';
import { holderOf, responders } from '$lib/incident/seats.ts';
import type { CommandRole } from '$lib/incident/role.ts';
import type { SeverityPolicy } from '$lib/incident/severity.ts';
import type { AlertStateView, IncidentState } from '$lib/incident/state.ts';
import type { DialogRequest, TalkId, ToolId } from '../desk.svelte.ts';

export interface Reader {
	participantId: string;
	seats: readonly CommandRole[];
	as: 'responder' | 'observer' | 'facilitator';
	host: boolean;
}

export type StepAction =
	| { type: 'send'; body: CommandBody }
	| { type: 'ask'; dialog: DialogRequest }
	| { type: 'tool'; tool: ToolId; runbookId?: string }
	| { type: 'talk'; talk: TalkId; questionId?: string };

export interface NextStep {
	/** Short, done ones first: `declared`, `technical lead`. */
	done: string[];
	/** One sentence about what is open for this reader. */
	open: string;
	/** The only filled button of the room; null where there is nothing but to watch. */
	action: { label: string; does: StepAction } | null;
}

export interface Look {
	state: IncidentState;
	policy: SeverityPolicy | null;
	reader: Reader;
	now: number;
}
export type Rule = (look: Look) => Pick<NextStep, 'open' | 'action'> | null;

/** Whether a duty falls to the reader: it is their seat's, or the seat is open and they command, or nobody does. */
export function falls({ state, reader }: Look, role: CommandRole): boolean {
	if (reader.seats.includes(role)) return true;
	if (holderOf(state, role) !== null) return false;
	if (reader.seats.includes('incident_commander')) return true;
	return holderOf(state, 'incident_commander') === null;
}

/** Somebody who responds and holds no seat yet. */
export function someoneFree(state: IncidentState): boolean {
	const seated = Object.values(state.roles).map((seat) => seat.participantId);
	return responders(state).some((id) => !seated.includes(id));
}

export function names(alerts: readonly AlertStateView[]): string {
	return alerts.length === 1 ? (alerts[0]?.name ?? '') : `${alerts.length} alerts`;
}

/** The verb that goes with `names`. */
export const fire = (alerts: readonly AlertStateView[]) => (alerts.length === 1 ? 'fires' : 'fire');

export const take = (role: CommandRole): StepAction => ({ type: 'send', body: { type: 'takeRole', role } });
export const act = (label: string, does: StepAction) => ({ label, does });

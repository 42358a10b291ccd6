/** What each seat was doing at a moment, and what it could see. Pure; read from events as they were known then. */
import type { ViewEvent } from '$lib/incident/event.ts';
import { foldAll } from '$lib/incident/fold.ts';
import { COMMAND_ROLES, ROLE_NAMES, type CommandRole, type Role } from '$lib/incident/role.ts';
import { holderOf } from '$lib/incident/seats.ts';
import { timeline, type TimelineEntry } from '$lib/incident/timeline.ts';
import type { SeenBy } from '$lib/protocol/debrief.ts';

export interface RoleAt {
	role: Role;
	name: string;
	/** Participant, the bot, or null where the seat was open. */
	holder: string | 'bot' | null;
	/** What they did last, newest first. */
	doing: TimelineEntry[];
	/** The tool they looked at last, and when. */
	looking: { tool: string; services: string[]; at: number } | null;
	/** What waited for them: questions not yet answered, tasks not yet done. */
	waiting: string[];
	/** Events that this seat could see by then, of all that had happened. */
	sees: number;
}

const DONE_SHOWN = 3;
/** Coming, going and the clock are no work. */
const IDLE: ReadonlySet<TimelineEntry['icon']> = new Set<TimelineEntry['icon']>(['clock', 'person']);

/** `events` are those known by then, with who could see each. */
export function rolesAt(events: readonly ViewEvent[], seenBy: readonly SeenBy[]): RoleAt[] {
	const state = foldAll(events.some(({ simMs }) => simMs !== null) ? 'practice' : 'real', events);
	const entries = timeline(events);
	const seats: { role: Role; holder: string | 'bot' | null }[] = COMMAND_ROLES.map((role) => ({
		role,
		holder: holderOf(state, role) ?? (state.roles[role].bot ? 'bot' : null)
	}));
	const seated = new Set(seats.map(({ holder }) => holder));
	for (const { participantId, as, leftAt } of state.participants) {
		if (as === 'responder' && leftAt === null && !seated.has(participantId))
			seats.push({ role: 'responder', holder: participantId });
	}
	return seats.map(({ role, holder }) => {
		const seq = new Set(
			events.flatMap(({ actor, viewSeq }) => (actor.kind === 'participant' && actor.id === holder ? [viewSeq] : []))
		);
		const looked = events.findLast(
			({ type, actor }) => type === 'telemetry.viewed' && actor.kind === 'participant' && actor.id === holder
		);
		return {
			role,
			name: ROLE_NAMES[role],
			holder,
			doing: entries
				.filter(({ seq: place, lane, icon }) => seq.has(place) && lane !== 'truth' && !IDLE.has(icon))
				.slice(-DONE_SHOWN)
				.toReversed(),
			looking: looked?.type === 'telemetry.viewed' ? { ...looked.payload, at: looked.occurredAt } : null,
			waiting: [
				...state.questions
					.filter(({ answer, needsAnswer, to }) => answer === null && needsAnswer && to === role)
					.map(({ from }) => `${from} waits for an answer`),
				...state.tasks
					.filter(({ done, ownerId }) => done === null && ownerId !== null && ownerId === holder)
					.map(({ text }) => `To do: ${text}`)
			],
			sees: seenBy.slice(0, events.length).filter((by) => couldSee(by, role)).length
		};
	});
}

/** Whether a seat could see an event when it happened. */
export function couldSee(by: SeenBy, role: Role | CommandRole): boolean {
	return by === 'everyone' || (Array.isArray(by) && by.includes(role));
}

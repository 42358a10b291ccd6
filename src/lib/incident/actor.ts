import type { ParticipantId } from './ids.ts';
import type { Role } from './role.ts';

/**
 * Who caused an event. People appear by id alone, so that a name can be replaced without touching the log.
 * `character` is somebody simulated (a customer, an executive); `system` is Muster or one of its simulated tools.
 */
export type Actor =
	| { kind: 'participant'; id: ParticipantId }
	| { kind: 'character'; name: string }
	| { kind: 'system'; name: SystemName };

/** `world` is the simulated system itself; `bot` keeps the timeline where nobody is scribe; `automation` runs automated steps. */
export const SYSTEM_NAMES = ['world', 'monitoring', 'pager', 'bot', 'automation', 'muster'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/**
 * Who may see an event. It is wholly visible or wholly hidden.
 * - `everyone`: all in the room.
 * - `seats`: those who hold one of the seats, and facilitators.
 * - `facilitator`: facilitators only, for ever (private notes).
 * - `truth`: facilitators only until the host opens the truth after the end; then everyone.
 * - `answers`: whoever gave them alone, until the answers of the hot wash are opened; then everyone.
 * - `sealed`: nobody, ever: read for the figures of a team.
 */
export type Audience =
	| { kind: 'everyone' }
	| { kind: 'seats'; seats: Role[] }
	| { kind: 'facilitator' }
	| { kind: 'truth' }
	| { kind: 'answers'; by: ParticipantId }
	| { kind: 'sealed' };

export const EVERYONE: Audience = { kind: 'everyone' };
export const TRUTH: Audience = { kind: 'truth' };
export const FACILITATOR: Audience = { kind: 'facilitator' };
export const SEALED: Audience = { kind: 'sealed' };

/** What a viewer may see: the seats held now, and whether the truth has been opened. */
export interface Viewer {
	seats: readonly Role[];
	truthOpen: boolean;
	/** Whether the three answers of the hot wash have been opened; not so unless given. */
	answersOpen?: boolean;
	/** Who this is, where something of theirs is still kept from the others. */
	own?: ParticipantId | null;
}

/** Whether an audience includes a viewer. */
export function maySee(audience: Audience, viewer: Viewer): boolean {
	const facilitates = viewer.seats.includes('facilitator');
	switch (audience.kind) {
		case 'everyone':
			return true;
		case 'seats':
			return facilitates || viewer.truthOpen || audience.seats.some((seat) => viewer.seats.includes(seat));
		case 'truth':
			return facilitates || viewer.truthOpen;
		case 'facilitator':
			return facilitates;
		case 'answers':
			return viewer.answersOpen === true || viewer.truthOpen || viewer.own === audience.by;
		case 'sealed':
			return false;
	}
}

/** Key of a view: viewers with equal keys see the same bytes. Seats are sorted so that the order of taking them is nothing. */
export function viewKey(viewer: Viewer): string {
	const seats = viewer.seats.filter((seat) => seat !== 'responder' && seat !== 'observer');
	const answers = viewer.truthOpen || viewer.answersOpen ? 'answers' : viewer.own ? `own ${viewer.own}` : '';
	const key = `${viewer.truthOpen ? 'open' : 'closed'}:${[...seats].sort().join('+')}`;
	return viewer.truthOpen || answers === '' ? key : `${key}:${answers}`;
}

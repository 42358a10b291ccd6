import type { Actor } from '$lib/incident/actor.ts';
import type { ParticipantId } from '$lib/incident/ids.ts';

/** Names by id, for reading pages. Somebody without a name (forgotten, or from a copied log) is called by number. */
export type Names = ReadonlyMap<ParticipantId, string>;

export function namesOf(people: readonly { participantId: ParticipantId; name: string }[]): Names {
	return new Map(people.map(({ participantId, name }) => [participantId, name]));
}

/** Who did it, as people read it. */
export function actorName(actor: Actor, names: Names): string {
	switch (actor.kind) {
		case 'participant':
			return names.get(actor.id) ?? `Participant ${actor.id.slice(1)}`;
		case 'character':
			return actor.name;
		case 'system':
			return SYSTEM_NAMES[actor.name];
	}
}

const SYSTEM_NAMES = {
	world: 'the system',
	monitoring: 'monitoring',
	pager: 'pager',
	bot: 'timeline bot',
	automation: 'automation',
	muster: 'Muster'
} as const;

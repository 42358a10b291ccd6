/** Who is who, as people read it. The log knows people by id alone; names come beside it and can be replaced. */
import type { Actor, SystemName } from '../incident/actor.ts';
import { exhaustive } from '../incident/exhaustive.ts';
import type { Person } from '../protocol/messages.ts';

const SYSTEMS: Record<SystemName, string> = {
	world: 'The system',
	monitoring: 'Monitoring',
	pager: 'Pager',
	bot: 'Timeline bot',
	automation: 'Automation',
	muster: 'Muster'
};

type People = ReadonlyMap<string, Pick<Person, 'name'>>;

export function namePerson(people: People, participantId: string | null): string {
	if (participantId === null) return 'Nobody';
	return people.get(participantId)?.name ?? 'Somebody who left';
}

export function nameActor(people: People, actor: Actor): string {
	switch (actor.kind) {
		case 'participant':
			return namePerson(people, actor.id);
		case 'character':
			return actor.name;
		case 'system':
			return SYSTEMS[actor.name];
		default:
			return exhaustive(actor);
	}
}

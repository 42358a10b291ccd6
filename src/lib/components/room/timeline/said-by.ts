/** "said by …", where somebody recorded for another. Pure. */
import type { SaidBy } from '$lib/incident/events/coordination-events.ts';
import type { Person } from '$lib/protocol/messages.ts';

export function saidBy(said: SaidBy, people: ReadonlyMap<string, Pick<Person, 'name'>>): string {
	return `said by ${people.get(said.by)?.name ?? said.by}`;
}

// Who belongs to an incident, and who of them is connected now. Names live here and never in the log.

import type { ParticipantId } from '../../incident/ids.ts';
import type { Person } from '../../protocol/messages.ts';
import type { StoredParticipant } from '../db/storage.ts';
import { hashKey, sameHash } from '../secrets.ts';

export class People {
	#people = new Map<ParticipantId, StoredParticipant>();
	#connections = new Map<ParticipantId, number>();

	constructor(people: readonly StoredParticipant[]) {
		for (const person of people) this.add(person);
	}

	add(person: StoredParticipant): void {
		this.#people.set(person.participantId, person);
	}

	find(participantId: ParticipantId): StoredParticipant | null {
		return this.#people.get(participantId) ?? null;
	}

	/** Whose token this is; null where it is nobody's. */
	byToken(token: string): StoredParticipant | null {
		const hash = hashKey(token);
		for (const person of this.#people.values()) if (sameHash(person.tokenHash, hash)) return person;
		return null;
	}

	rename(participantId: ParticipantId, name: string): void {
		const person = this.#people.get(participantId);
		if (person) this.#people.set(participantId, { ...person, name, tokenHash: '' });
	}

	connected(participantId: ParticipantId): void {
		this.#connections.set(participantId, (this.#connections.get(participantId) ?? 0) + 1);
	}

	disconnected(participantId: ParticipantId): void {
		const left = (this.#connections.get(participantId) ?? 1) - 1;
		if (left > 0) this.#connections.set(participantId, left);
		else this.#connections.delete(participantId);
	}

	/** How many people are connected. */
	get here(): number {
		return this.#connections.size;
	}

	list(): Person[] {
		return [...this.#people.values()].map(({ participantId, name, host }) => ({
			participantId,
			name,
			host,
			here: this.#connections.has(participantId)
		}));
	}
}

import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { oncePerPerson, type Present } from './present.ts';

/** Who has the same document open, and where they write. Nothing of it is stored. */
export class Presence {
	/** Everybody else, each once, in a steady order. */
	others = $state.raw<Present[]>([]);

	#awareness: Awareness;
	#me: string;

	constructor(doc: Y.Doc, me: string, send: (update: Uint8Array) => void) {
		this.#me = me;
		this.#awareness = new Awareness(doc);
		this.#awareness.setLocalState({ participantId: me, field: null });
		this.#awareness.on(
			'update',
			(changed: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
				this.#read();
				const ids = [...changed.added, ...changed.updated, ...changed.removed];
				if (origin !== 'server') send(encodeAwarenessUpdate(this.#awareness, ids));
				// Who has just come knows nobody yet.
				else if (changed.added.length > 0) this.announce();
			}
		);
	}

	receive(update: Uint8Array): void {
		applyAwarenessUpdate(this.#awareness, update, 'server');
	}

	/** Says again that we are here. */
	announce(): void {
		this.#awareness.setLocalStateField('participantId', this.#me);
	}

	/** Says which field we are in. */
	at(field: string | null): void {
		this.#awareness.setLocalStateField('field', field);
	}

	leave(): void {
		removeAwarenessStates(this.#awareness, [this.#awareness.clientID], 'leaving');
		this.#awareness.destroy();
	}

	#read(): void {
		const mine = this.#awareness.clientID;
		const states = [...this.#awareness.getStates()].filter(([clientId]) => clientId !== mine).map(([, state]) => state);
		this.others = oncePerPerson(states);
	}
}

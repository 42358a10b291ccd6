// Shared post-mortem documents, merged from their stored updates.

import * as Y from 'yjs';
import type { ParticipantId } from '../../incident/ids.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Storage } from '../db/storage.ts';
import type { LiveIncident } from './live-incident.ts';
import { SerialQueue } from './serial-queue.ts';

/** A text of a hundred pages with all that was ever typed into it. */
const MOST_BYTES = 8 * 1024 * 1024;

export class SharedPostmortem {
	#storage: Storage;
	#incidentId: string;
	#doc = new Y.Doc();
	#bytes = 0;
	#queue = new SerialQueue();
	#now: () => number;

	constructor(storage: Storage, incidentId: string, updates: readonly Uint8Array[], now: () => number) {
		this.#storage = storage;
		this.#incidentId = incidentId;
		this.#now = now;
		for (const update of updates) this.#apply(update);
	}

	/** The whole document as one update, with all that is stored by now. */
	whole(): Promise<Uint8Array> {
		return this.#queue.run(() => Y.encodeStateAsUpdate(this.#doc));
	}

	/** A document of the caller's own, with all that is stored by now. */
	async copy(): Promise<Y.Doc> {
		const copy = new Y.Doc();
		Y.applyUpdate(copy, await this.whole());
		return copy;
	}

	/** Stores an update, and only then makes it part of the document. */
	async add(update: Uint8Array, participantId: ParticipantId): Promise<{ ok: true } | Refusal> {
		const bytes = new Uint8Array(update);
		if (!isUpdate(bytes)) return refuse('malformed', 'That is no change to a document. Load the page again.');
		return this.#queue.run(async () => {
			if (this.#bytes + bytes.length > MOST_BYTES) {
				return refuse(
					'too_large',
					'The post-mortem has grown too large to be edited further. Export it and go on elsewhere.'
				);
			}
			const at = this.#now();
			await this.#storage.appendPostmortem(this.#incidentId, { bytes, at, participantId, first: false });
			this.#apply(bytes);
			return { ok: true };
		});
	}

	#apply(update: Uint8Array): void {
		this.#bytes += update.length;
		Y.applyUpdate(this.#doc, update);
	}
}

/** Whether bytes are an update of Yjs: decoding them must come to a good end. */
function isUpdate(bytes: Uint8Array): boolean {
	try {
		Y.decodeUpdate(bytes);
		Y.applyUpdate(new Y.Doc(), bytes);
		return true;
	} catch {
		return false;
	}
}

/** The documents of the incidents in memory. */
export class Postmortems {
	#storage: Storage;
	#now: () => number;
	#draft: (live: LiveIncident) => Uint8Array;
	#open = new WeakMap<LiveIncident, Promise<SharedPostmortem>>();

	/** `draft` gives the first update of a document that nobody has opened yet; the same for the same log. */
	constructor(storage: Storage, draft: (live: LiveIncident) => Uint8Array, now: () => number) {
		this.#storage = storage;
		this.#draft = draft;
		this.#now = now;
	}

	of(live: LiveIncident): Promise<SharedPostmortem> {
		const known = this.#open.get(live);
		if (known) return known;
		const opening = this.#load(live);
		this.#open.set(live, opening);
		// What failed once, because the database was away, is tried again by the next who asks.
		opening.catch(() => this.#open.delete(live));
		return opening;
	}

	async #load(live: LiveIncident): Promise<SharedPostmortem> {
		const id = live.incidentId;
		let updates = await this.#storage.readPostmortem(id);
		if (updates.length === 0) {
			const first = { bytes: this.#draft(live), at: this.#now(), participantId: null, first: true };
			await this.#storage.appendPostmortem(id, first);
			updates = await this.#storage.readPostmortem(id);
		}
		return new SharedPostmortem(this.#storage, id, updates, this.#now);
	}
}

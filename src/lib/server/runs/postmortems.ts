// Shared post-mortem documents, merged from their stored updates.

import * as Y from 'yjs';
import type { ParticipantId } from '../../incident/ids.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { COMMENTS, stampComments } from '../../postmortem/comments.ts';
import { contentOf, type PostmortemDocument } from '../../postmortem/document.ts';
import { documentAt, type StoredUpdate } from '../../postmortem/history.ts';
import { documentOf, readDocument } from '../../postmortem/shared.ts';
import { canonicalJson } from '../../scenario/canonical-json.ts';
import { sha256 } from '../../scenario/sha256.ts';
import type { Storage } from '../db/storage.ts';
import type { LiveIncident, Watcher } from './live-incident.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import { ActionLog, draftOf } from './postmortem-actions.ts';
import { SerialQueue } from './serial-queue.ts';

/** A text of a hundred pages with all that was ever typed into it. */
const MOST_BYTES = 8 * 1024 * 1024;

/** `correction` is what the server set right in what was sent; everybody, the sender too, needs it. */
export type Added = { ok: true; correction?: Uint8Array } | Refusal;

export interface PostmortemContext {
	storage: Storage;
	/** Gives the first update of a document that nobody has opened yet; the same for the same log. */
	draft: (live: LiveIncident) => Uint8Array;
	/** Wall time. */
	now: () => number;
	failed: (live: LiveIncident, error: unknown) => void;
	/** Logs that are behind their documents: brought up before the server ends. */
	pending: Set<ActionLog>;
	/** Are told of edits that the server made. */
	listeners: Set<(live: LiveIncident, update: Uint8Array) => void>;
}

export class SharedPostmortem {
	readonly actions: ActionLog;
	#context: PostmortemContext;
	#live: LiveIncident;
	#doc = new Y.Doc();
	#bytes = 0;
	#count = 0;
	#queue = new SerialQueue();
	/** What the update that is being applied touches. */
	#comments = new Set<Y.Map<unknown>>();
	#actionsTouched: 'no' | 'typed' | 'chosen' = 'no';
	/** Hashes of sealed versions, as this program reads them: a later one may read fields that the sealing one did not. */
	#sealed = new Map<number, string>();

	constructor(context: PostmortemContext, live: LiveIncident, updates: readonly StoredUpdate[]) {
		this.#context = context;
		this.#live = live;
		this.#watch();
		for (const update of updates) this.#apply(update.bytes, update.participantId);
		const first = updates[0];
		const drafted = first?.participantId === null ? documentOf([first.bytes]).actionItems : [];
		this.actions = new ActionLog(live, () => readDocument(this.#doc).actionItems, drafted, {
			failed: (error) => context.failed(live, error),
			pending: context.pending
		});
		const version = live.course.incident.postmortem.published?.version;
		if (version != null && version <= updates.length) this.#sealed.set(version, hashOf(documentAt(updates, version)));
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

	read(): Promise<PostmortemDocument> {
		return this.#queue.run(() => readDocument(this.#doc));
	}

	/** What would be published now: the hash of the content, and how many updates it is made of. */
	async seal(): Promise<{ contentHash: string; version: number }> {
		await this.actions.flush();
		return this.#queue.run(() => {
			const contentHash = hashOf(readDocument(this.#doc));
			this.#sealed.set(this.#count, contentHash);
			return { contentHash, version: this.#count };
		});
	}

	/** Stores an update, and only then makes it part of the document. */
	async add(update: Uint8Array, participantId: ParticipantId): Promise<Added> {
		const bytes = new Uint8Array(update);
		if (!isUpdate(bytes)) return refuse('malformed', 'That is no change to a document. Load the page again.');
		return this.#queue.run(async () => {
			if (this.#bytes + bytes.length > MOST_BYTES) {
				return refuse(
					'too_large',
					'The post-mortem has grown too large to be edited further. Export it and go on elsewhere.'
				);
			}
			await this.#store(bytes, participantId);
			const correction = this.#apply(bytes, participantId);
			if (correction) await this.#store(correction, participantId);
			await this.#openRevision(participantId);
			if (this.#actionsTouched !== 'no') this.actions.touched(participantId, this.#actionsTouched === 'typed');
			return correction ? { ok: true as const, correction } : { ok: true as const };
		});
	}

	/** Makes an edit on the server, as this person, and tells everybody who has it open. */
	async edit(
		participantId: ParticipantId,
		work: (doc: Y.Doc) => void
	): Promise<{ ok: true; update: Uint8Array } | Refusal> {
		const copy = await this.copy();
		const before = Y.encodeStateVector(copy);
		work(copy);
		const update = Y.encodeStateAsUpdate(copy, before);
		const added = await this.add(update, participantId);
		if (!added.ok) return added;
		for (const told of this.#context.listeners) told(this.#live, update);
		return { ok: true, update };
	}

	/** What was published and is written on has a next revision: the log says so before anybody publishes again. */
	openRevision(by: ParticipantId | null): Promise<void> {
		return this.#queue.run(() => this.#openRevision(by));
	}

	async #openRevision(by: ParticipantId | null): Promise<void> {
		const { state, published } = this.#live.course.incident.postmortem;
		const sealed = published?.version == null ? undefined : this.#sealed.get(published.version);
		if (state !== 'published' || !published || sealed === undefined) return;
		if (hashOf(readDocument(this.#doc)) === sealed) return;
		const body = { type: 'postmortem.revision_opened', payload: { revision: published.revision + 1 } } as const;
		await this.#live.record([draftOf(this.#live, body, by)]);
	}

	async #store(bytes: Uint8Array, participantId: ParticipantId): Promise<void> {
		const at = this.#context.now();
		await this.#context.storage.appendPostmortem(this.#live.incidentId, { bytes, at, participantId, first: false });
	}

	/** Applies a stored update. What it says about who wrote a comment is not believed: gives what sets that right. */
	#apply(update: Uint8Array, participantId: ParticipantId | null): Uint8Array | null {
		this.#bytes += update.length;
		this.#count++;
		this.#comments.clear();
		this.#actionsTouched = 'no';
		Y.applyUpdate(this.#doc, update);
		if (participantId === null || this.#comments.size === 0) return null;
		const before = Y.encodeStateVector(this.#doc);
		const { now } = this.#context;
		if (!stampComments(this.#doc, new Set(this.#comments), participantId, now())) return null;
		const correction = Y.encodeStateAsUpdate(this.#doc, before);
		this.#bytes += correction.length;
		this.#count++;
		return correction;
	}

	#watch(): void {
		this.#doc.getArray(COMMENTS).observe(({ changes }) => {
			for (const { content } of changes.added) {
				for (const item of content.getContent() as unknown[]) {
					if (item instanceof Y.Map) this.#comments.add(item as Y.Map<unknown>);
				}
			}
		});
		this.#doc.getArray('actionItems').observeDeep((events) => {
			const typed = events.every(({ target }) => target instanceof Y.Text);
			if (this.#actionsTouched !== 'chosen') this.#actionsTouched = typed ? 'typed' : 'chosen';
		});
	}
}

/** SHA-256 of what a post-mortem says, without how far its actions are. */
export function hashOf(document: PostmortemDocument): string {
	return sha256(canonicalJson(contentOf(document)));
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
export class Postmortems implements Watcher {
	#context: PostmortemContext;
	#open = new WeakMap<LiveIncident, Promise<SharedPostmortem>>();

	constructor(context: Omit<PostmortemContext, 'pending' | 'listeners'>) {
		this.#context = { ...context, pending: new Set(), listeners: new Set() };
	}

	/** Is told of every edit that the server makes. Returns how to stop. */
	onEdit(listener: (live: LiveIncident, update: Uint8Array) => void): () => void {
		this.#context.listeners.add(listener);
		return () => this.#context.listeners.delete(listener);
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

	/** Once it is published its actions are promises. */
	events(live: LiveIncident, events: readonly IncidentEvent[]): void {
		if (!events.some(({ type }) => type === 'postmortem.published')) return;
		this.of(live)
			.then(async (shared) => {
				// What arrived between reading it and publishing it belongs to the next revision.
				await shared.openRevision(null);
				await shared.actions.flush();
			})
			.catch((error: unknown) => this.#context.failed(live, error));
	}

	lost(live: LiveIncident): void {
		this.#open.delete(live);
	}

	/** Waits until the log has all that people did to actions. */
	async settle(): Promise<void> {
		await Promise.allSettled([...this.#context.pending].map((actions) => actions.flush()));
	}

	async #load(live: LiveIncident): Promise<SharedPostmortem> {
		const { storage, draft, now } = this.#context;
		const id = live.incidentId;
		let updates = await storage.readPostmortemUpdates(id);
		if (updates.length === 0) {
			await storage.appendPostmortem(id, { bytes: draft(live), at: now(), participantId: null, first: true });
			updates = await storage.readPostmortemUpdates(id);
		}
		const shared = new SharedPostmortem(this.#context, live, updates);
		// What a server that died had stored in the document and not yet in the log.
		await shared.openRevision(null);
		await shared.actions.flush();
		return shared;
	}
}

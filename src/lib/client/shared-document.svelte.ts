import { io, type Socket } from 'socket.io-client';
import * as Y from 'yjs';
import type { Refusal } from '$lib/incident/refusal.ts';
import {
	addComment,
	readThreads,
	resolveThread,
	withdrawComment,
	type Anchor,
	type Thread
} from '$lib/postmortem/comments.ts';
import { addItem, moveItem, rewrite, setRemoved } from '$lib/postmortem/shared-edit.ts';
import { eventField, itemOf, readDocument } from '$lib/postmortem/shared.ts';
import { removedLines } from '$lib/postmortem/timeline-corrections.ts';
import { overrule, readOverrulings, type Overruling } from '$lib/postmortem/verdicts.ts';
import type { ListName, PostmortemDocument } from '$lib/postmortem/document.ts';
import {
	POSTMORTEM_NAMESPACE,
	PROTOCOL_VERSION,
	type PostmortemClientToServer,
	type PostmortemHistoryAnswer,
	type PostmortemServerToClient
} from '$lib/protocol/messages.ts';
import { socketOptions } from './connection.ts';
import { newId } from './outbox.ts';
import { Presence } from './presence.svelte.ts';

const SEND_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;

/** Whether what was typed has been stored: `saving` while the server has not said so, `offline` while it cannot be asked. */
export type SaveState = 'opening' | 'saved' | 'saving' | 'offline';

/**
 * A post-mortem that several people edit at once. Typing changes the local document at once; each change is sent and counts
 * as saved when the server has stored it. After a lost line both sides are merged, so nothing typed is lost.
 */
export class SharedDocument {
	document = $state.raw<PostmortemDocument | null>(null);
	threads = $state.raw<Thread[]>([]);
	overrulings = $state.raw<Record<string, Overruling>>({});
	/** Lines of the timeline that were taken out. */
	removed = $state.raw<{ id: string; time: string; text: string }[]>([]);
	save = $state<SaveState>('opening');
	refusal = $state<Refusal | null>(null);
	/** The item that was taken out last, to be put back at a press. */
	undo = $state.raw<{ list: ListName; id: string } | null>(null);
	readonly presence: Presence;
	readonly me: string;

	#doc = new Y.Doc();
	#socket: Socket<PostmortemServerToClient, PostmortemClientToServer>;
	#inFlight = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	/** `onchanged` is told when the log says something new about the review, so that what stands around the document follows. */
	constructor(
		incidentId: string,
		me: { token: string; participantId: string },
		onchanged: () => void = () => undefined
	) {
		this.me = me.participantId;
		const auth = { protocol: PROTOCOL_VERSION, incidentId, token: me.token };
		this.#socket = io(POSTMORTEM_NAMESPACE, socketOptions(auth));
		this.presence = new Presence(this.#doc, me.participantId, (update) => {
			if (this.#socket.connected) this.#socket.volatile.emit('awareness', { update });
		});
		this.#socket.on('connect', () => this.#open());
		this.#socket.on('disconnect', () => (this.save = 'offline'));
		this.#socket.on('connect_error', () => (this.save = 'offline'));
		this.#socket.on('update', ({ update }) => Y.applyUpdate(this.#doc, bytes(update), 'server'));
		this.#socket.on('awareness', ({ update }) => this.presence.receive(bytes(update)));
		this.#socket.on('changed', onchanged);
		this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (this.document !== null || origin === 'server') this.#read();
			if (origin !== 'server') this.#send(update);
		});
	}

	/** A text of the document: `title`, `summary.impact`, or a field of a list item. */
	text(name: string): Y.Text {
		return this.#doc.getText(name);
	}

	itemText(list: ListName, id: string, field: string): Y.Text | null {
		const value = itemOf(this.#doc, list, id)?.get(field);
		return value instanceof Y.Text ? value : null;
	}

	/** Makes a text read `after`, by the smallest replacement, so that others' typing beside it stays. */
	type(text: Y.Text, after: string): void {
		this.#doc.transact(() => rewrite(text, after));
	}

	/** Sets a short field of a list item, such as a status or a date. */
	set(list: ListName, id: string, field: string, value: string | number | boolean | null): void {
		itemOf(this.#doc, list, id)?.set(field, value);
	}

	/** Sets several short fields of an item at once. */
	setAll(list: ListName, id: string, fields: Record<string, string | number | boolean | null>): void {
		this.#doc.transact(() => {
			for (const [field, value] of Object.entries(fields)) this.set(list, id, field, value);
		});
	}

	/** Links an event of the log to a why as evidence, or takes it away. */
	link(whyId: string, seq: number, linked: boolean): void {
		itemOf(this.#doc, 'whys', whyId)?.set(eventField(seq), linked);
	}

	/** Adds an item at the end of a list, or after another; returns its id. */
	add<L extends ListName>(list: L, fields: Partial<PostmortemDocument[L][number]> = {}, afterId?: string): string {
		const id = fields.id ?? newId().slice(0, 12);
		addItem(this.#doc, list, { ...fields, id }, afterId);
		return id;
	}

	/** Moves an item before another, or to the end. */
	move(list: ListName, id: string, beforeId: string | null): void {
		moveItem(this.#doc, list, id, beforeId);
	}

	remove(list: ListName, id: string): void {
		setRemoved(this.#doc, list, id, true);
		this.undo = { list, id };
	}

	putBack(list: ListName, id: string): void {
		setRemoved(this.#doc, list, id, false);
		if (this.undo?.id === id) this.undo = null;
	}

	comment(threadId: string | null, anchor: Anchor, text: string): void {
		const comment = { id: newId().slice(0, 12), text, by: this.me, at: Date.now() };
		this.#doc.transact(() => addComment(this.#doc, threadId, anchor, comment));
	}

	resolve(threadId: string, resolved: boolean): void {
		resolveThread(this.#doc, threadId, resolved ? this.me : null);
	}

	withdraw(commentId: string): void {
		withdrawComment(this.#doc, commentId);
	}

	/** Puts people's word over the comparison's verdict; null takes it back. */
	overrule(rowId: string, word: { verdict: string; why: string } | null): void {
		overrule(this.#doc, rowId, word && { ...word, by: this.me });
	}

	async history(): Promise<({ ok: true } & PostmortemHistoryAnswer) | Refusal> {
		return this.#socket
			.timeout(SEND_TIMEOUT_MS)
			.emitWithAck('history', {})
			.catch(() => AWAY);
	}

	/** The document as it read after `n` updates. */
	async version(n: number): Promise<{ ok: true; document: PostmortemDocument } | Refusal> {
		const answer = await this.#socket
			.timeout(SEND_TIMEOUT_MS)
			.emitWithAck('version', { n })
			.catch(() => AWAY);
		if (!answer.ok) return answer;
		const doc = new Y.Doc();
		Y.applyUpdate(doc, bytes(answer.update));
		return { ok: true, document: readDocument(doc) };
	}

	async restore(n: number): Promise<{ ok: true } | Refusal> {
		return this.#socket
			.timeout(SEND_TIMEOUT_MS)
			.emitWithAck('restore', { n })
			.catch(() => AWAY);
	}

	close(): void {
		clearTimeout(this.#retry);
		this.presence.leave();
		this.#socket.disconnect();
		this.#doc.destroy();
	}

	#read(): void {
		this.document = readDocument(this.#doc);
		this.threads = readThreads(this.#doc);
		this.overrulings = readOverrulings(this.#doc);
		this.removed = removedLines(this.#doc);
	}

	#open(): void {
		this.#socket.timeout(SEND_TIMEOUT_MS).emit('open', {}, (error, answer) => {
			if (error) return this.#again();
			if (!answer.ok) {
				this.refusal = answer;
				return;
			}
			this.refusal = null;
			const stored = bytes(answer.update);
			Y.applyUpdate(this.#doc, stored, 'server');
			this.#read();
			this.save = 'saved';
			this.presence.announce();
			// What was typed while the line was down, or sent and never answered, is what the server has not got.
			const missing = Y.encodeStateAsUpdate(this.#doc, Y.encodeStateVectorFromUpdate(stored));
			if (missing.length > 2) this.#send(missing);
		});
	}

	#send(update: Uint8Array): void {
		if (!this.#socket.connected) {
			this.save = 'offline';
			return;
		}
		this.#inFlight++;
		this.save = 'saving';
		this.#socket.timeout(SEND_TIMEOUT_MS).emit('update', { update }, (error, answer) => {
			this.#inFlight--;
			if (error || !answer.ok) return this.#again();
			if (answer.correction) Y.applyUpdate(this.#doc, bytes(answer.correction), 'server');
			if (this.#inFlight === 0 && this.#socket.connected) this.save = 'saved';
		});
	}

	/** Opening again sends whatever the server lacks. */
	#again(): void {
		this.save = 'offline';
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.#socket.connected && this.#open(), RETRY_MS);
	}
}

const AWAY: Refusal = {
	ok: false,
	code: 'unavailable',
	message: 'The server cannot be reached. Look at your connection, then try again.'
};

/** Socket.IO gives an ArrayBuffer in the browser where a Uint8Array was sent. */
function bytes(data: Uint8Array | ArrayBuffer): Uint8Array {
	return data instanceof Uint8Array ? data : new Uint8Array(data);
}

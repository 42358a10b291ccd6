import { io, type Socket } from 'socket.io-client';
import * as Y from 'yjs';
import type { Refusal } from '$lib/incident/refusal.ts';
import { EMPTY, readDocument, sharedItem } from '$lib/postmortem/shared.ts';
import type { ListName, PostmortemDocument } from '$lib/postmortem/document.ts';
import {
	POSTMORTEM_NAMESPACE,
	PROTOCOL_VERSION,
	type PostmortemClientToServer,
	type PostmortemServerToClient
} from '$lib/protocol/messages.ts';
import { socketOptions } from './connection.ts';
import { newId } from './outbox.ts';
import { textChange } from './text-diff.ts';

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
	save = $state<SaveState>('opening');
	refusal = $state<Refusal | null>(null);

	#doc = new Y.Doc();
	#socket: Socket<PostmortemServerToClient, PostmortemClientToServer>;
	#inFlight = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(incidentId: string, token: string) {
		this.#socket = io(POSTMORTEM_NAMESPACE, socketOptions({ protocol: PROTOCOL_VERSION, incidentId, token }));
		this.#socket.on('connect', () => this.#open());
		this.#socket.on('disconnect', () => (this.save = 'offline'));
		this.#socket.on('connect_error', () => (this.save = 'offline'));
		this.#socket.on('update', ({ update }) => Y.applyUpdate(this.#doc, bytes(update), 'server'));
		this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (this.document !== null || origin === 'server') this.document = readDocument(this.#doc);
			if (origin !== 'server') this.#send(update);
		});
	}

	/** A text of the document: `title`, `summary.impact`, or a field of a list item. */
	text(name: string): Y.Text {
		return this.#doc.getText(name);
	}

	itemText(list: ListName, id: string, field: string): Y.Text | null {
		const value = this.#item(list, id)?.get(field);
		return value instanceof Y.Text ? value : null;
	}

	/** Makes a text read `after`, by the smallest replacement, so that others' typing beside it stays. */
	type(text: Y.Text, after: string): void {
		const change = textChange(text.toString(), after);
		if (!change) return;
		this.#doc.transact(() => {
			text.delete(change.at, change.remove);
			text.insert(change.at, change.insert);
		});
	}

	/** Sets a short field of a list item, such as a status or a date. */
	set(list: ListName, id: string, field: string, value: string | boolean | null): void {
		this.#item(list, id)?.set(field, value);
	}

	/** Adds an item at the end of a list, or after another; returns its id. */
	add<L extends ListName>(list: L, fields: Partial<PostmortemDocument[L][number]> = {}, afterId?: string): string {
		const id = newId().slice(0, 12);
		const array = this.#doc.getArray<Y.Map<unknown>>(list);
		const after = afterId === undefined ? -1 : array.toArray().findIndex((item) => item.get('id') === afterId);
		array.insert(after === -1 ? array.length : after + 1, [sharedItem(list, { ...EMPTY[list], ...fields, id })]);
		return id;
	}

	remove(list: ListName, id: string): void {
		const array = this.#doc.getArray<Y.Map<unknown>>(list);
		const index = array.toArray().findIndex((item) => item.get('id') === id);
		if (index !== -1) array.delete(index, 1);
	}

	close(): void {
		clearTimeout(this.#retry);
		this.#socket.disconnect();
		this.#doc.destroy();
	}

	#item(list: ListName, id: string): Y.Map<unknown> | undefined {
		return this.#doc
			.getArray<Y.Map<unknown>>(list)
			.toArray()
			.find((item) => item.get('id') === id);
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
			this.document = readDocument(this.#doc);
			this.save = 'saved';
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

/** Socket.IO gives an ArrayBuffer in the browser where a Uint8Array was sent. */
function bytes(data: Uint8Array | ArrayBuffer): Uint8Array {
	return data instanceof Uint8Array ? data : new Uint8Array(data);
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Socket } from 'socket.io-client';
import { readDocument } from '../../postmortem/shared.ts';
import { POSTMORTEM_NAMESPACE } from '../../protocol/messages.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import {
	connected,
	memoryDatabase,
	openSocket,
	openTestMuster,
	TestPerson,
	until,
	type Joined,
	type Started,
	type TestMuster
} from '../../../../tests/support/test-muster.ts';
import type { Database } from '../db/database.ts';

const compiled = [shippedScenario('high-error-rate-bad-deploy')];

let database: Database;
let test: TestMuster;
let started: Started;
beforeAll(async () => {
	const memory = await memoryDatabase();
	// Outlives the server, for one that comes after it.
	database = { ...memory, close: () => Promise.resolve() };
	test = await openTestMuster({ compiled, database });
	started = await test.start();
});
afterAll(() => test.close());

/** A browser with the document open. */
class Writer {
	readonly doc = new Y.Doc();
	readonly socket: Socket;

	constructor(url: string, joined: Joined) {
		this.socket = openSocket(url, POSTMORTEM_NAMESPACE, joined);
		this.socket.on('update', ({ update }: { update: Uint8Array }) => Y.applyUpdate(this.doc, update, 'server'));
	}

	static async open(url: string, joined: Joined): Promise<Writer> {
		const writer = new Writer(url, joined);
		await connected(writer.socket);
		const answer = (await writer.socket.emitWithAck('open', {})) as { ok: true; update: Uint8Array };
		expect(answer).toMatchObject({ ok: true });
		Y.applyUpdate(writer.doc, answer.update, 'server');
		return writer;
	}

	/** Types, and waits until it is stored. */
	async type(text: string): Promise<unknown> {
		const before = Y.encodeStateVector(this.doc);
		this.doc.getText('summary.impact').insert(0, text);
		return this.socket.emitWithAck('update', { update: Y.encodeStateAsUpdate(this.doc, before) });
	}

	get impact(): string {
		return this.doc.getText('summary.impact').toString();
	}
}

describe('the shared post-mortem', () => {
	it('opens when the truth is open, drafted once', async () => {
		const early = openSocket(test.url, POSTMORTEM_NAMESPACE, started);
		await connected(early);
		expect(await early.emitWithAck('open', {})).toMatchObject({ ok: false, code: 'wrong_state' });
		const host = await TestPerson.enter(test.url, started);
		await host.must({ type: 'beginRun' });
		await host.must({ type: 'endRun', reason: 'host' });
		await host.must({ type: 'openTruth' });
		await test.muster.endings.settle();
		const [one, other] = [await Writer.open(test.url, started), await Writer.open(test.url, started)];
		expect(readDocument(one.doc)).toEqual(readDocument(other.doc));
		expect(readDocument(one.doc).key).toMatch(/^EX-/);
		expect(await test.muster.storage.readPostmortem(started.incidentId)).toHaveLength(1);
	});

	it('keeps what two people type at once and passes it on', async () => {
		const bo = await test.join(started.incidentId, { name: 'Bo', as: 'responder' });
		const [ada, bob] = [await Writer.open(test.url, started), await Writer.open(test.url, bo)];
		const answers = await Promise.all([ada.type('from Ada. '), bob.type('from Bo. ')]);
		expect(answers).toEqual([{ ok: true }, { ok: true }]);
		await until(
			'both have both',
			() => ada.impact === bob.impact && ada.impact.includes('Ada') && ada.impact.includes('Bo')
		);
	});

	it('is not for observers to write, nor for bytes that are no update', async () => {
		const observer = new Writer(test.url, await test.join(started.incidentId, { name: 'Cy', as: 'observer' }));
		await connected(observer.socket);
		expect(await observer.type('me too')).toMatchObject({ ok: false, code: 'forbidden' });
		const host = new Writer(test.url, started);
		await connected(host.socket);
		const stored = await test.muster.storage.readPostmortem(started.incidentId);
		for (const update of [new Uint8Array([1, 2, 3, 255, 255]), new Uint8Array(0), new Uint8Array(200_000)]) {
			const answer: unknown = await host.socket.emitWithAck('update', { update });
			expect(answer).toMatchObject({ ok: false, code: 'malformed' });
		}
		expect(await test.muster.storage.readPostmortem(started.incidentId)).toHaveLength(stored.length);
	});

	it('is there after a restart', async () => {
		const before = await Writer.open(test.url, started);
		const after = await openTestMuster({ compiled, database });
		const reader = await Writer.open(after.url, started);
		expect(reader.impact).toBe(before.impact);
		await after.close();
	});
});

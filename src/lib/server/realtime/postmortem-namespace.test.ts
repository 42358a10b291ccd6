import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Socket } from 'socket.io-client';
import { addComment, readThreads, resolveThread } from '../../postmortem/comments.ts';
import { documentAt } from '../../postmortem/history.ts';
import { addItem } from '../../postmortem/shared-edit.ts';
import { documentOf, itemOf, readDocument } from '../../postmortem/shared.ts';
import { foldActions } from '../../postmortem/tracked-actions.ts';
import { POSTMORTEM_NAMESPACE, type PostmortemHistoryAnswer } from '../../protocol/messages.ts';
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
import { hashOf } from '../runs/postmortems.ts';

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

	/** Changes something, and waits until it is stored. */
	async edit(work: (doc: Y.Doc) => void): Promise<unknown> {
		const before = Y.encodeStateVector(this.doc);
		work(this.doc);
		return this.socket.emitWithAck('update', { update: Y.encodeStateAsUpdate(this.doc, before) });
	}

	type(text: string): Promise<unknown> {
		return this.edit((doc) => doc.getText('summary.impact').insert(0, text));
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

	it('lets nobody comment under another name, and tells everybody so', async () => {
		const bo = await test.join(started.incidentId, { name: 'Bo', as: 'responder' });
		const [ada, bob] = [await Writer.open(test.url, started), await Writer.open(test.url, bo)];
		const anchor = { section: 'summary.impact', itemId: null };
		const comment = { id: 'k1', text: 'How many?', by: started.participantId, at: 1 };
		const answer = await bob.edit((doc) => void addComment(doc, null, anchor, comment));
		expect(answer).toMatchObject({ ok: true, correction: expect.anything() as unknown });
		await until('the name is right', () => readThreads(ada.doc)[0]?.comments[0]?.by === bo.participantId);
		await Promise.all([
			ada.edit((doc) => void addComment(doc, 'k1', anchor, { ...comment, id: 'k2', by: started.participantId })),
			bob.edit((doc) => resolveThread(doc, 'k1', bo.participantId))
		]);
		await until('both have the answer and the end', () =>
			[ada, bob].every(({ doc }) => {
				const [thread] = readThreads(doc);
				return thread?.comments.length === 2 && thread.resolvedBy === bo.participantId;
			})
		);
	});

	it('tells who wrote when, reads any version and brings it back without losing what others write', async () => {
		const [ada, bob] = [await Writer.open(test.url, started), await Writer.open(test.url, started)];
		const before = ada.impact;
		const count = (await test.muster.storage.readPostmortem(started.incidentId)).length;
		await ada.edit((doc) => doc.getText('summary.impact').delete(0, before.length));
		const line = readDocument(ada.doc).timeline[0]?.id ?? '';
		await ada.edit((doc) => void itemOf(doc, 'timeline', line)?.set('time', '09:59'));
		await ada.edit((doc) => addItem(doc, 'lessons', { id: 'mine', text: 'Kept' }));
		const history = (await ada.socket.emitWithAck('history', {})) as { ok: true } & PostmortemHistoryAnswer;
		expect(history.versions.at(-1)?.by).toContain(started.participantId);
		expect(history.corrections).toEqual([
			expect.objectContaining({ lineId: line, what: 'time', to: '09:59', by: started.participantId })
		]);
		const version = (await ada.socket.emitWithAck('version', { n: count })) as { ok: true; update: Uint8Array };
		expect(documentOf([version.update]).summary.impact).toBe(before);
		expect(await ada.socket.emitWithAck('version', { n: 9_999 })).toMatchObject({ ok: false, code: 'unknown_id' });
		const [restored] = await Promise.all([
			ada.socket.emitWithAck('restore', { n: count }),
			bob.edit((doc) => addItem(doc, 'contributingFactors', { id: 'his', text: 'Written meanwhile' }))
		]);
		expect(restored).toEqual({ ok: true });
		await until('both read alike', () => ada.impact === before && bob.impact === before);
		await until('what was written meanwhile is there', () =>
			[ada, bob].every(({ doc }) => readDocument(doc).contributingFactors.some(({ id }) => id === 'his'))
		);
		expect(readDocument(ada.doc).lessons.some(({ id }) => id === 'mine')).toBe(false);
	});

	it('is published with what it says, and opens a revision when that changes, but not for the course of an action', async () => {
		const host = await TestPerson.enter(test.url, started);
		const ada = await Writer.open(test.url, started);
		const live = await test.live(started.incidentId);
		const action = 'extend-load-test';
		await ada.edit((doc) => {
			addItem(doc, 'actionItems', { id: action, title: 'Extend load test', owner: '@perf', dueDate: '2026-03-01' });
		});
		await until('it is tracked', () => live.events.some(({ type }) => type === 'action_item.added'));
		await host.must({ type: 'requestPostmortemReview' });
		// What a client says of the hash is not believed.
		await host.must({ type: 'publishPostmortem', contentHash: 'made up', version: 1 });
		const { postmortem } = live.course.incident;
		const stored = await test.muster.storage.readPostmortemUpdates(started.incidentId);
		expect(postmortem).toMatchObject({ state: 'published', published: { revision: 1, version: stored.length } });
		expect(postmortem.published?.contentHash).toBe(hashOf(documentAt(stored, stored.length)));

		await ada.edit((doc) => {
			itemOf(doc, 'actionItems', action)?.set('status', 'complete');
			itemOf(doc, 'actionItems', action)?.set('dueDate', '2026-04-01');
		});
		await until('the log has the status', () =>
			foldActions(live.events).some(({ actionItemId, status }) => actionItemId === action && status === 'complete')
		);
		expect(live.course.incident.postmortem.state).toBe('published');
		const completed = live.events.findLast(({ type }) => type === 'action_item.changed');
		expect(completed).toMatchObject({
			actor: { kind: 'participant', id: started.participantId },
			payload: { actionItemId: action, status: 'complete', dueAt: Date.UTC(2026, 3, 1, 23, 59, 59, 999) }
		});

		await ada.type('Later we learnt more. ');
		expect(live.course.incident.postmortem).toMatchObject({ state: 'draft', revision: 2 });
		await host.must({ type: 'publishPostmortem' });
		expect(live.course.incident.postmortem.published).toMatchObject({ revision: 2 });
		expect(live.course.incident.postmortem.published?.contentHash).not.toBe(postmortem.published?.contentHash);
		const history = (await ada.socket.emitWithAck('history', {})) as { ok: true } & PostmortemHistoryAnswer;
		expect(history.versions.flatMap(({ published }) => published ?? [])).toEqual([1, 2]);
	});

	it('logs the last word of two who change one action at once', async () => {
		const bo = await test.join(started.incidentId, { name: 'Bo', as: 'responder' });
		const [ada, bob] = [await Writer.open(test.url, started), await Writer.open(test.url, bo)];
		const live = await test.live(started.incidentId);
		const set = (status: string) => (doc: Y.Doc) =>
			void itemOf(doc, 'actionItems', 'extend-load-test')?.set('status', status);
		await Promise.all([ada.edit(set('in_progress')), bob.edit(set('not_started'))]);
		const status = (doc: Y.Doc) => readDocument(doc).actionItems.find(({ id }) => id === 'extend-load-test')?.status;
		await until('both agree, and the log with them', () => {
			const logged = foldActions(live.events).find(({ actionItemId }) => actionItemId === 'extend-load-test');
			return status(ada.doc) === status(bob.doc) && logged?.status === status(ada.doc);
		});
	});

	it('is there after a restart, and the log is brought up to it', async () => {
		const before = await Writer.open(test.url, started);
		// As of a server that died between storing the document and logging what it means.
		const doc = new Y.Doc();
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(before.doc));
		const vector = Y.encodeStateVector(doc);
		addItem(doc, 'actionItems', { id: 'late', title: 'Alert on the slope' });
		const bytes = Y.encodeStateAsUpdate(doc, vector);
		await test.muster.storage.appendPostmortem(started.incidentId, { bytes, at: 1, participantId: 'p1', first: false });
		const after = await openTestMuster({ compiled, database });
		const reader = await Writer.open(after.url, started);
		expect(reader.impact).toBe(before.impact);
		const live = await after.live(started.incidentId);
		expect(live.course.incident.postmortem).toMatchObject({ state: 'draft', revision: 3 });
		expect(foldActions(live.events).map(({ actionItemId }) => actionItemId)).toContain('late');
		await after.close();
	});
});

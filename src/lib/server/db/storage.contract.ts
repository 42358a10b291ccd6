// What every storage keeps, whatever database it stands on. Run by storage.test.ts on each.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EVERYONE } from '../../incident/actor.ts';
import type { EventBody, IncidentEvent } from '../../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { incidentCode } from '../secrets.ts';
import { browserContract } from './browser-storage.contract.ts';
import { authoredContract } from './authored-storage.contract.ts';
import { intakeContract } from './intake-storage.contract.ts';
import type { Append, Head, NewIncident, Storage, StoredCommand, Summary } from './storage.ts';

const SUMMARY: Summary = {
	title: 'Checkout is slow',
	severity: null,
	lifecycle: 'lobby',
	status: 'investigating',
	people: 0,
	endedAt: null
};
const SETTINGS = { policy: DEFAULT_SEVERITY_POLICY, bots: [], limitMinutes: null };

const event = (seq: number, text: string, causedBy: number | null = null): IncidentEvent => ({
	type: 'message.posted',
	payload: { messageId: `m${seq}`, text, said: null },
	seq,
	occurredAt: 1_700_000_000_000 + seq,
	recordedAt: 1_800_000_000_000 + seq,
	simMs: seq * 1000,
	actor: { kind: 'participant', id: 'p1' },
	audience: EVERYONE,
	causedBy
});
const command = (n: number, clientCommandId: string, participantId = 'p1'): StoredCommand => ({
	n,
	simMs: n * 1000,
	at: 1_700_000_000_000,
	by: { participantId, host: false },
	clientCommandId,
	body: { type: 'postMessage', text: 'ü "quoted" \\ \n 💥' },
	result: { kind: 'console', output: 'out', known: true }
});

export function storageContract(name: string, open: () => Promise<Storage>): void {
	describe(`storage on ${name}`, () => {
		let storage: Storage;
		let incidentId = '';
		let head: Head;
		beforeAll(async () => {
			storage = await open();
		});
		afterAll(() => storage.close());

		const fresh = (over: Partial<NewIncident> = {}): NewIncident => ({
			incidentId: incidentCode(),
			origin: 'practice',
			createdAt: Date.UTC(2026, 5, 1),
			policy: DEFAULT_SEVERITY_POLICY,
			hostKeyHash: 'hash',
			joinKey: null,
			summary: SUMMARY,
			run: {
				scenarioId: 'slow-checkout',
				contentHash: 'c1',
				seed: 's',
				settings: SETTINGS,
				engineVersion: '1',
				content: { scenario: { id: 'slow-checkout' } }
			},
			events: [event(1, 'before')],
			owner: 'here',
			...over
		});
		const step = (over: Partial<Append> = {}): Append => ({
			incidentId,
			epoch: head.epoch,
			after: { seq: 1, n: 0 },
			command: command(1, 'a'),
			events: [event(2, 'two', 1), event(3, 'three', 1)],
			simMs: 1000,
			summary: null,
			endedHash: null,
			...over
		});
		beforeEach(async () => {
			const incident = fresh();
			incidentId = incident.incidentId;
			({ head } = await storage.createIncident(incident));
		});

		it('reads back what was made', async () => {
			expect(head).toEqual({ epoch: 1, seq: 1, n: 0, simMs: 0 });
			expect(await storage.readIncident(incidentId)).toMatchObject({
				incidentId,
				title: SUMMARY.title,
				hostKeyHash: 'hash'
			});
			expect(await storage.readRun(incidentId)).toMatchObject({ scenarioId: 'slow-checkout', settings: SETTINGS });
			expect(await storage.readScenario('c1')).toEqual({ scenario: { id: 'slow-checkout' } });
			expect(await storage.readEvents(incidentId)).toEqual([event(1, 'before')]);
			expect(await storage.readIncident('none-none')).toBeNull();
			expect(await storage.readScenario('none')).toBeNull();
		});

		it('reads over many incidents at once', async () => {
			const other = fresh({ origin: 'real', run: null, events: [event(1, 'a'), event(2, 'b')] });
			await storage.createIncident(other);
			const logs = await storage.listLogs();
			expect(logs.find((one) => one.incidentId === incidentId)).toMatchObject({
				origin: 'practice',
				lifecycle: 'lobby',
				seq: 1,
				run: { scenarioId: 'slow-checkout', contentHash: 'c1' }
			});
			expect(logs.find((one) => one.incidentId === other.incidentId)).toMatchObject({
				origin: 'real',
				seq: 2,
				run: null
			});
			const events = await storage.readEventsOf([incidentId, other.incidentId, 'none'], ['message.posted']);
			expect([...events.values()].map((log) => log.map(({ seq }) => seq))).toEqual([[1], [1, 2], []]);
			expect(events.get(incidentId)).toEqual([event(1, 'before')]);
			const nothing = await storage.readEventsOf([incidentId], ['note.added']);
			expect(nothing.get(incidentId)).toEqual([]);
		});

		it('tells who played, but not who was forgotten', async () => {
			const add = (name: string) =>
				storage.addParticipant(incidentId, { name, tokenHash: name, host: false, joinedAt: 1 });
			await add('Ada Played');
			const gone = await add('Bo Played');
			await storage.forgetParticipant(incidentId, gone, 'Former participant', false);
			const names = (await storage.listPlayers()).filter((one) => one.incidentId === incidentId);
			expect(names).toEqual([{ incidentId, name: 'Ada Played' }]);
		});

		it('numbers exercises on, and real incidents by year', async () => {
			const keys: string[] = [];
			for (const origin of ['practice', 'practice', 'real', 'real'] as const) {
				keys.push((await storage.createIncident(fresh({ origin, run: null }))).key);
			}
			expect(keys[0]).toMatch(/^EX-\d{4}$/);
			expect(Number(keys[1]?.slice(3))).toBe(Number(keys[0]?.slice(3)) + 1);
			expect(keys[2]).toMatch(/^INC-2026-\d{4}$/);
			expect(keys[3]).not.toBe(keys[2]);
		});

		it('stores a command with its events, exactly as given', async () => {
			expect(await storage.append(step())).toEqual({ ok: true });
			expect(await storage.readEvents(incidentId, 1)).toEqual([event(2, 'two', 1), event(3, 'three', 1)]);
			expect(await storage.readCommands(incidentId)).toEqual([command(1, 'a')]);
			const next = step({ after: { seq: 3, n: 1 }, command: null, events: [event(4, 'four')], simMs: 4000 });
			expect(await storage.append(next)).toEqual({ ok: true });
			expect((await storage.readEvents(incidentId)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
			expect(await storage.acquire(incidentId, 'here', () => false)).toEqual({ epoch: 2, seq: 4, n: 1, simMs: 4000 });
		});

		it('stores a command that caused no event', async () => {
			expect(await storage.append(step({ events: [] }))).toEqual({ ok: true });
			expect(await storage.readCommands(incidentId)).toHaveLength(1);
			expect(await storage.readEvents(incidentId, 1)).toEqual([]);
		});

		it('answers a command that was sent again with what it answered then, and stores nothing', async () => {
			await storage.append(step());
			const again = step({ after: { seq: 3, n: 1 }, command: command(2, 'a'), events: [event(4, 'again', 2)] });
			expect(await storage.append(again)).toEqual({
				ok: false,
				reason: 'duplicate',
				stored: { n: 1, result: command(1, 'a').result }
			});
			expect(await storage.readEvents(incidentId, 3)).toEqual([]);
			const another = step({
				after: { seq: 3, n: 1 },
				command: command(2, 'a', 'p2'),
				events: [event(4, 'of another', 2)]
			});
			expect(await storage.append(another)).toEqual({ ok: true });
		});

		it.each([
			['an older place in the log', { after: { seq: 0, n: 0 } }],
			['a later place in the log, which would leave a gap', { after: { seq: 7, n: 0 }, events: [event(8, 'gap')] }],
			['an older epoch', { epoch: 0 }],
			['a later epoch', { epoch: 2 }],
			['an unknown incident', { incidentId: 'none-none' }]
		])('refuses an append after %s', async (_case, over) => {
			expect(await storage.append(step(over))).toEqual({ ok: false, reason: 'fenced' });
			expect(await storage.readEvents(incidentId, 1)).toEqual([]);
			expect(await storage.readCommands(incidentId)).toEqual([]);
		});

		it('lets one of several appends at the same place through', async () => {
			const outcomes = await Promise.all(
				['a', 'b', 'c', 'd'].map((id) => storage.append(step({ command: command(1, id) })))
			);
			expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
			expect((await storage.readEvents(incidentId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
		});

		it('stores many incidents at once, whatever becomes of one of them', async () => {
			const others = await Promise.all(
				Array.from({ length: 20 }, async () => {
					const other = fresh();
					await storage.createIncident(other);
					return other.incidentId;
				})
			);
			await storage.append(step());
			const duplicate = step({ after: { seq: 3, n: 1 }, command: command(2, 'a'), events: [] });
			const outcomes = await Promise.all([
				...others.slice(0, 10).map((id) => storage.append(step({ incidentId: id }))),
				storage.append(duplicate),
				storage.append(step({ incidentId: others[10] ?? '', epoch: 9 })),
				...others.slice(11).map((id) => storage.append(step({ incidentId: id })))
			]);
			expect(outcomes.map((one) => (one.ok ? 'ok' : one.reason))).toEqual([
				...Array<string>(10).fill('ok'),
				'duplicate',
				'fenced',
				...Array<string>(9).fill('ok')
			]);
			for (const id of others.slice(0, 10)) expect(await storage.readEvents(id)).toHaveLength(3);
		});

		it('writes what lists show together with the log', async () => {
			const summary: Summary = { ...SUMMARY, severity: 'P1', lifecycle: 'ended', people: 3, endedAt: 5 };
			await storage.append(step({ summary, endedHash: 'end' }));
			expect(await storage.readRun(incidentId)).toMatchObject({ endedHash: 'end' });
			const [listed] = await storage.listIncidents({ search: incidentId, limit: 5 });
			expect(listed).toMatchObject({
				incidentId,
				severity: 'P1',
				lifecycle: 'ended',
				people: 3,
				endedAt: 5,
				scenario: 'slow-checkout'
			});
			expect((await storage.unfinished()).map((one) => one.incidentId)).not.toContain(incidentId);
		});

		it('finds incidents by title, scenario and name, taking letters for what they are', async () => {
			await storage.addParticipant(incidentId, { name: 'Zoë_100%', tokenHash: 't', host: false, joinedAt: 1 });
			const ids = async (search: string) =>
				(await storage.listIncidents({ search, limit: 100 })).map((one) => one.incidentId);
			expect(await ids('CHECKOUT is')).toContain(incidentId);
			expect(await ids('zoë_100%')).toEqual([incidentId]);
			expect(await ids('slow-check')).toContain(incidentId);
			expect(await ids('%')).toEqual([incidentId]);
			expect(await ids("'; drop table incident; --")).toEqual([]);
			expect(await storage.listIncidents({ search: '', limit: 2 })).toHaveLength(2);
			expect((await storage.countRuns())['slow-checkout']).toBeGreaterThanOrEqual(1);
		});

		it('has one owner per incident, and fences the one before', async () => {
			expect(await storage.acquire(incidentId, 'there', () => false)).toBeNull();
			expect(await storage.acquire(incidentId, 'there', (owner) => owner === 'here')).toMatchObject({ epoch: 2 });
			expect(await storage.append(step())).toEqual({ ok: false, reason: 'fenced' });
			expect(await storage.append(step({ epoch: 2 }))).toEqual({ ok: true });
			const held = [{ incidentId, epoch: 1, simMs: 9000 }];
			expect(await storage.renew('here', held)).toEqual(new Set());
			await storage.release(incidentId, 1);
			expect(await storage.acquire(incidentId, 'third', () => false)).toBeNull();
			await storage.release(incidentId, 2);
			expect(await storage.acquire(incidentId, 'third', () => false)).toMatchObject({ epoch: 3, seq: 3, n: 1 });
		});

		it('gives an incident to one of several that take it at once', async () => {
			const heads = await Promise.all(['x', 'y', 'z'].map((owner) => storage.acquire(incidentId, owner, () => true)));
			const epochs = heads.flatMap((taken) => (taken ? [taken.epoch] : []));
			// Each that succeeded did so after the one before: no epoch is given twice.
			expect(new Set(epochs).size).toBe(epochs.length);
			expect(epochs.length).toBeGreaterThan(0);
		});

		it('notes how far time has come when a lease is prolonged, never backwards', async () => {
			const renew = (simMs: number) => storage.renew('here', [{ incidentId, epoch: 1, simMs }]);
			expect(await renew(9000)).toEqual(new Set([incidentId]));
			await renew(4000);
			expect(await storage.acquire(incidentId, 'here', () => false)).toMatchObject({ simMs: 9000 });
		});

		it('keeps the latest snapshot, and none of a server that lost the incident', async () => {
			const snapshot = {
				n: 1,
				seq: 3,
				simMs: 60_000,
				engineVersion: '1',
				hash: 'h',
				state: { a: [1, null] },
				takenAt: 5
			};
			await storage.writeSnapshot(incidentId, 1, { ...snapshot, hash: 'older' });
			await storage.writeSnapshot(incidentId, 1, snapshot);
			await storage.writeSnapshot(incidentId, 0, { ...snapshot, hash: 'stolen' });
			expect(await storage.readSnapshot(incidentId)).toEqual(snapshot);
		});

		it('counts people by their order of joining, also when they come at once', async () => {
			const join = (name: string) =>
				storage.addParticipant(incidentId, { name, tokenHash: `${name}-hash`, host: name === 'Ada', joinedAt: 7 });
			expect(await join('Ada')).toBe('p1');
			expect((await Promise.all(Array.from({ length: 10 }, () => join('Bob')))).sort()).toHaveLength(10);
			const people = await storage.readParticipants(incidentId);
			expect(people.map(({ participantId }) => participantId)).toEqual(
				Array.from({ length: 11 }, (_, i) => `p${i + 1}`)
			);
			expect(people[0]).toEqual({ participantId: 'p1', name: 'Ada', tokenHash: 'Ada-hash', host: true, joinedAt: 7 });
		});

		it('forgets a person here or everywhere', async () => {
			const other = fresh();
			await storage.createIncident(other);
			const name = `Person ${incidentId}`;
			for (const id of [incidentId, incidentId, other.incidentId]) {
				await storage.addParticipant(id, { name, tokenHash: 't', host: false, joinedAt: 1 });
			}
			expect(await storage.forgetParticipant(incidentId, 'p1', 'Somebody', false)).toEqual([
				{ incidentId, participantId: 'p1' }
			]);
			expect((await storage.readParticipants(incidentId))[0]).toMatchObject({ name: 'Somebody', tokenHash: '' });
			expect(await storage.forgetParticipant(incidentId, 'p2', 'Somebody', true)).toHaveLength(2);
			expect((await storage.readParticipants(other.incidentId))[0]?.name).toBe('Somebody');
		});

		it('keeps a document’s updates in order, the first one once', async () => {
			const put = (byte: number, first: boolean) =>
				storage.appendPostmortem(incidentId, {
					bytes: new Uint8Array([byte, 0, 255]),
					at: 1,
					participantId: null,
					first
				});
			expect(await Promise.all([put(1, true), put(1, true)])).toEqual(expect.arrayContaining([true, false]));
			expect(await put(2, false)).toBe(true);
			expect((await storage.readPostmortem(incidentId)).map((bytes) => [...bytes])).toEqual([
				[1, 0, 255],
				[2, 0, 255]
			]);
			await storage.appendPostmortem(incidentId, {
				bytes: new Uint8Array([3]),
				at: 7,
				participantId: 'p1',
				first: false
			});
			const updates = await storage.readPostmortemUpdates(incidentId);
			expect(updates.map(({ bytes, at, participantId }) => [bytes[0], at, participantId])).toEqual([
				[1, 1, null],
				[2, 1, null],
				[3, 7, 'p1']
			]);
		});

		it('finds events about reviews in all incidents', async () => {
			const review = (seq: number, body: EventBody): IncidentEvent => ({ ...event(seq, ''), ...body });
			await storage.append(
				step({
					events: [
						review(2, { type: 'postmortem.published', payload: { revision: 1, contentHash: 'h', version: 2 } }),
						event(3, 'talk'),
						review(4, { type: 'action_item.changed', payload: { actionItemId: 'a', status: 'complete' } })
					]
				})
			);
			const found = (await storage.readReviewEvents()).filter((one) => one.incidentId === incidentId);
			expect(found.map(({ event: { seq, type } }) => [seq, type])).toEqual([
				[2, 'postmortem.published'],
				[4, 'action_item.changed']
			]);
			expect(found[0]).toMatchObject({ origin: 'practice', title: SUMMARY.title });
			expect(found[0]?.event.payload).toEqual({ revision: 1, contentHash: 'h', version: 2 });
		});

		it('keeps attachments as they are', async () => {
			const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
			const file = { attachmentId: 'f1', name: 'a.png', contentType: 'image/png', bytes };
			await storage.addAttachment(incidentId, { ...file, participantId: 'p1', at: 1 });
			const read = await storage.readAttachment(incidentId, 'f1');
			expect({ ...read, bytes: [...(read?.bytes ?? [])] }).toEqual({ ...file, bytes: [...bytes] });
			expect(await storage.attachmentBytes(incidentId)).toBe(300);
			expect(await storage.readAttachment(incidentId, 'f2')).toBeNull();
		});

		it('keeps links to shared debriefs by the hash of their token, withdrawn ones too', async () => {
			const link = { incidentId, label: 'for the board', names: false, participantId: 'p1' };
			const hash = `hash-${incidentId}`;
			await storage.addShareLink({ ...link, id: `${incidentId}-1`, tokenHash: hash, createdAt: 1 });
			await storage.addShareLink({
				...link,
				id: `${incidentId}-2`,
				tokenHash: `${hash}-2`,
				createdAt: 2,
				participantId: null
			});
			const ids = async () =>
				(await storage.listShareLinks(incidentId)).map(({ id, withdrawnAt }) => [id, withdrawnAt]);
			expect(await ids()).toEqual([
				[`${incidentId}-2`, null],
				[`${incidentId}-1`, null]
			]);
			expect(await storage.findShareLink(hash)).toEqual({
				...link,
				id: `${incidentId}-1`,
				createdAt: 1,
				withdrawnAt: null
			});
			expect(await storage.findShareLink('another')).toBeNull();
			expect(await storage.withdrawShareLink(incidentId, `${incidentId}-1`, 5)).toBe(true);
			expect(await storage.withdrawShareLink(incidentId, `${incidentId}-1`, 9)).toBe(true);
			expect(await storage.withdrawShareLink('elsewhere', `${incidentId}-2`, 9)).toBe(false);
			expect(await storage.findShareLink(hash)).toMatchObject({ withdrawnAt: 5 });
			expect(await ids()).toEqual([
				[`${incidentId}-2`, null],
				[`${incidentId}-1`, 5]
			]);
		});

		it('keeps settings and sessions', async () => {
			const key = `k-${incidentId}`;
			expect(await storage.readSetting(key)).toBeUndefined();
			expect(await storage.initialSetting(key, { a: 1 }, 1)).toEqual({ a: 1 });
			expect(await storage.initialSetting(key, { a: 2 }, 1)).toEqual({ a: 1 });
			await storage.writeSetting(key, 'text', 2);
			expect(await storage.readSetting(key)).toBe('text');
			await storage.addAdminSession(key, Date.now() + 60_000);
			expect(await storage.hasAdminSession(key, Date.now())).toBe(true);
			expect(await storage.hasAdminSession(key, Date.now() + 61_000)).toBe(false);
			await storage.removeAdminSession(key);
			expect(await storage.hasAdminSession(key, Date.now())).toBe(false);
		});

		browserContract(() => ({ storage, incidentId }));
		intakeContract(() => storage);
		authoredContract(() => storage);

		it('answers a ping', () => expect(storage.ping()).resolves.toBeUndefined());
	});
}

// What every storage keeps of imports and alert sources; part of storage.contract.ts.

import { describe, expect, it } from 'vitest';
import { EVERYONE } from '../../incident/actor.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { incidentCode, randomKey } from '../secrets.ts';
import type { ImportedIncident, IngestSource } from './intake-storage.ts';
import type { Storage } from './storage.ts';

const AT = Date.UTC(2024, 2, 1);

function imported(over: Partial<ImportedIncident> = {}, title = 'Then'): ImportedIncident {
	const event: IncidentEvent = {
		type: 'incident.imported',
		payload: {
			source: 'jira',
			sourceId: 'OPS-1',
			title,
			services: ['a'],
			cause: '',
			escalated: null,
			postmortem: null,
			record: { title },
			assumed: []
		},
		seq: 1,
		occurredAt: AT,
		recordedAt: AT + 1,
		simMs: null,
		actor: { kind: 'system', name: 'muster' },
		audience: EVERYONE,
		causedBy: null
	};
	return {
		incidentId: `${incidentCode()}-x`,
		createdAt: AT,
		hostKeyHash: 'hash',
		joinKey: 'join',
		summary: { title, severity: 'P2', lifecycle: 'ended', status: 'closed', people: 0, endedAt: AT },
		events: [event],
		person: { participantId: 'p1', name: 'Responders' },
		...over
	};
}

export function intakeContract(storageOf: () => Storage): void {
	describe('imports', () => {
		it('stores many incidents whole, numbered by their year, and only once', async () => {
			const storage = storageOf();
			const fresh = Array.from({ length: 30 }, (_, n) => imported({ createdAt: n < 20 ? AT : Date.UTC(2023, 0, n) }));
			expect(await storage.importIncidents(fresh, DEFAULT_SEVERITY_POLICY)).toEqual(
				new Set(fresh.map(({ incidentId }) => incidentId))
			);
			const one = fresh[0] ?? imported();
			expect(await storage.readIncident(one.incidentId)).toMatchObject({
				origin: 'real',
				title: 'Then',
				joinKey: 'join',
				createdAt: AT,
				lifecycle: 'ended'
			});
			expect(await storage.readEvents(one.incidentId)).toEqual(one.events);
			expect(await storage.readParticipants(one.incidentId)).toMatchObject([{ participantId: 'p1', tokenHash: '' }]);
			const keys = await Promise.all(
				fresh.map(async ({ incidentId }) => (await storage.readIncident(incidentId))?.key)
			);
			expect(new Set(keys).size).toBe(30);
			expect(keys[0]).toMatch(/^INC-2024-\d{4,}$/);
			expect(keys[29]).toMatch(/^INC-2023-\d{4,}$/);
			const more = imported();
			expect(await storage.importIncidents([...fresh, more], DEFAULT_SEVERITY_POLICY)).toEqual(
				new Set([more.incidentId])
			);
			expect(await storage.readEvents(one.incidentId)).toHaveLength(1);
		});

		it('goes on with one as with any other', async () => {
			const storage = storageOf();
			const one = imported();
			await storage.importIncidents([one], DEFAULT_SEVERITY_POLICY);
			const head = await storage.acquire(one.incidentId, 'here', () => false);
			expect(head).toMatchObject({ seq: 1, n: 0 });
			const correction = imported({}, 'Now').events.map((event) => ({ ...event, seq: 2 }));
			const appended = await storage.append({
				incidentId: one.incidentId,
				epoch: head?.epoch ?? 0,
				after: { seq: 1, n: 0 },
				command: null,
				events: correction,
				simMs: null,
				summary: null
			});
			expect(appended).toEqual({ ok: true });
			const facts = await storage.importedFacts([one.incidentId, 'none-none']);
			expect([...facts].map(([id, { title }]) => [id, title])).toEqual([[one.incidentId, 'Now']]);
			const { participantId } = {
				participantId: await storage.addParticipant(one.incidentId, {
					name: 'Ada',
					tokenHash: 't',
					host: false,
					joinedAt: 1
				})
			};
			expect(participantId).toBe('p2');
		});
	});

	describe('alert sources', () => {
		const source = (): IngestSource & { tokenHash: string } => ({
			sourceId: randomKey(),
			name: 'Prometheus',
			adapter: 'alertmanager',
			settings: { groupLabels: [], severities: { critical: 'P1' }, openTo: 'link' },
			createdAt: 1,
			revokedAt: null,
			lastUsedAt: null,
			taken: 0,
			refused: 0,
			tokenHash: randomKey()
		});

		it('are kept, changed, counted and revoked', async () => {
			const storage = storageOf();
			const { tokenHash, ...fresh } = source();
			await storage.addSource({ ...fresh, tokenHash });
			expect(await storage.findSource(tokenHash)).toEqual(fresh);
			expect(await storage.findSource('other')).toBeNull();
			const settings = { ...fresh.settings, groupLabels: ['service'] };
			expect(await storage.changeSource(fresh.sourceId, 'Other', settings)).toBe(true);
			expect(await storage.changeSource('none', 'Other', settings)).toBe(false);
			await storage.noteSource(fresh.sourceId, 5, 2, 1);
			await storage.noteSource(fresh.sourceId, 6, 1, 0);
			expect(await storage.revokeSource(fresh.sourceId, 9)).toBe(true);
			expect(await storage.revokeSource(fresh.sourceId, 10)).toBe(false);
			const now = { ...fresh, name: 'Other', settings, revokedAt: 9, lastUsedAt: 6, taken: 3, refused: 1 };
			expect(await storage.findSource(tokenHash)).toEqual(now);
			expect((await storage.listSources()).find(({ sourceId }) => sourceId === fresh.sourceId)).toEqual(now);
		});

		it('have one open incident per group, whoever asks first', async () => {
			const storage = storageOf();
			const fresh = source();
			await storage.addSource(fresh);
			const asked = ['one', 'two', 'three'].map((id) => storage.claimGroup(fresh.sourceId, 'g', id));
			expect(new Set(await Promise.all(asked)).size).toBe(1);
			const open = imported({ summary: { ...imported().summary, lifecycle: 'running', status: 'investigating' } });
			const over = imported();
			await storage.importIncidents([open, over], DEFAULT_SEVERITY_POLICY);
			expect(await storage.claimGroup(fresh.sourceId, 'h', open.incidentId)).toBe(open.incidentId);
			expect(await storage.claimGroup(fresh.sourceId, 'h', 'another')).toBe(open.incidentId);
			expect(await storage.claimGroup(fresh.sourceId, 'i', over.incidentId)).toBe(over.incidentId);
			expect(await storage.claimGroup(fresh.sourceId, 'i', 'another')).toBe('another');
		});

		it('have each alert once', async () => {
			const storage = storageOf();
			const fresh = source();
			await storage.addSource(fresh);
			const alert = { fingerprint: 'f', startsAt: 1 };
			const first = { incidentId: 'i', alertId: 'a' };
			expect(await storage.findAlert(fresh.sourceId, alert)).toBeNull();
			expect(await storage.claimAlert(fresh.sourceId, alert, first)).toEqual(first);
			expect(await storage.claimAlert(fresh.sourceId, alert, { incidentId: 'j', alertId: 'b' })).toEqual(first);
			expect(await storage.findAlert(fresh.sourceId, alert)).toEqual(first);
			expect(await storage.findAlert(fresh.sourceId, { ...alert, startsAt: 2 })).toBeNull();
			const later = { incidentId: 'i', alertId: 'c' };
			await storage.claimAlert(fresh.sourceId, { ...alert, startsAt: 2 }, later);
			expect(await storage.findAlert(fresh.sourceId, { ...alert, startsAt: null })).toEqual(later);
		});
	});
}

// What every storage keeps of browsers; part of storage.contract.ts.

import { describe, expect, it } from 'vitest';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { incidentCode, randomKey } from '../secrets.ts';
import type { Storage } from './storage.ts';

/** `now` gives the storage and a fresh practice incident of the scenario `slow-checkout`. */
export function browserContract(now: () => { storage: Storage; incidentId: string }): void {
	describe('browsers', () => {
		it('finds the runs of a browser again, and of no other', async () => {
			const { storage, incidentId } = now();
			const browser = randomKey();
			await storage.addBrowserRun(browser, incidentId, 'p1');
			await storage.addBrowserRun(browser, incidentId, 'p1');
			await storage.addBrowserRun(randomKey(), incidentId, 'p2');
			expect(await storage.listBrowserRuns(browser)).toEqual([
				expect.objectContaining({
					incidentId,
					participantId: 'p1',
					scenarioId: 'slow-checkout',
					lifecycle: 'lobby',
					seq: 1
				})
			]);
			expect(await storage.listBrowserRuns(randomKey())).toEqual([]);
		});

		it('forgets with a person which browser was theirs', async () => {
			const { storage, incidentId } = now();
			const browser = randomKey();
			const person = { name: browser, tokenHash: 'a', host: false, joinedAt: 1 };
			const first = await storage.addParticipant(incidentId, person);
			const other = await storage.addParticipant(incidentId, { ...person, name: `${browser} too` });
			for (const id of [first, other]) await storage.addBrowserRun(browser, incidentId, id);
			await storage.forgetParticipant(incidentId, first, 'Former participant', false);
			expect((await storage.listBrowserRuns(browser)).map(({ participantId }) => participantId)).toEqual([other]);
			await storage.forgetName(`${browser} too`, 'Former participant');
			expect(await storage.listBrowserRuns(browser)).toEqual([]);
		});

		it('remembers when a truth was first read', async () => {
			const { storage } = now();
			const browser = randomKey();
			await storage.addSpoiler(browser, 'slow-checkout', 10);
			await storage.addSpoiler(browser, 'slow-checkout', 20);
			expect(await storage.listSpoilers(browser)).toEqual({ 'slow-checkout': 10 });
			expect(await storage.listSpoilers(randomKey())).toEqual({});
		});

		it('tells when a scenario was played last, lobbies aside', async () => {
			const { storage } = now();
			const at = Date.UTC(2026, 7, 1);
			const make = (createdAt: number, lifecycle: 'lobby' | 'ended') =>
				storage.createIncident({
					incidentId: incidentCode(),
					origin: 'practice',
					createdAt,
					policy: DEFAULT_SEVERITY_POLICY,
					hostKeyHash: 'hash',
					joinKey: null,
					summary: { title: 'Played', severity: null, lifecycle, status: 'closed', people: 1, endedAt: null },
					run: {
						scenarioId: 'played-last',
						contentHash: 'c1',
						seed: 's',
						settings: { policy: DEFAULT_SEVERITY_POLICY, bots: [], limitMinutes: null },
						engineVersion: '1',
						content: {}
					},
					events: [],
					owner: 'here'
				});
			await make(at + 9, 'lobby');
			expect((await storage.lastPlayed())['played-last']).toBeUndefined();
			await make(at + 1, 'ended');
			await make(at + 2, 'ended');
			expect((await storage.lastPlayed())['played-last']).toBe(at + 2);
		});
	});
}

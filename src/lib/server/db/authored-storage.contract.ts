// What every storage keeps of scenarios that were written here.

import { expect, it } from 'vitest';
import { incidentCode } from '../secrets.ts';
import type { FreshVersion } from './authored-storage.ts';
import type { Storage } from './storage.ts';

const version = (text: string, over: Partial<FreshVersion> = {}): FreshVersion => ({
	files: { 'scenario.yaml': text, 'runbooks/a.md': 'ü "quoted" \\ \n 💥' },
	note: '',
	savedAt: 1,
	contentHash: null,
	errors: 0,
	...over
});

export function authoredContract(open: () => Storage): void {
	it('keeps every version of a scenario that was written here, and writes over nobody', async () => {
		const storage = open();
		const id = `own-${incidentCode()}`;
		expect(await storage.readAuthored(id)).toBeNull();
		expect(await storage.saveAuthored(id, 1, version('x'))).toEqual({ ok: false, reason: 'unknown' });
		const created = await storage.createAuthored(id, version('one', { errors: 2 }));
		expect(created).toEqual({ id, version: 1, offered: null, createdAt: 1, changedAt: 1 });
		expect(await storage.createAuthored(id, version('again'))).toBeNull();

		// Two who began at the same version and save at once: one of them is told.
		const both = await Promise.all([
			storage.saveAuthored(id, 1, version('two', { contentHash: `hash-${id}`, savedAt: 5 })),
			storage.saveAuthored(id, 1, version('two', { contentHash: `hash-${id}`, savedAt: 5 }))
		]);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'conflict', current: 2 });
		expect(await storage.saveAuthored(id, 2, version('three', { savedAt: 9, note: 'broken', errors: 1 }))).toEqual({
			ok: true,
			scenario: { id, version: 3, offered: 2, createdAt: 1, changedAt: 9 }
		});

		expect(await storage.listAuthoredVersions(id)).toEqual([
			{ version: 3, note: 'broken', savedAt: 9, contentHash: null, errors: 1, runs: 0 },
			{ version: 2, note: '', savedAt: 5, contentHash: `hash-${id}`, errors: 0, runs: 0 },
			{ version: 1, note: '', savedAt: 1, contentHash: null, errors: 2, runs: 0 }
		]);
		expect(await storage.readAuthoredFiles(id, 1)).toEqual(version('one').files);
		expect((await storage.readAuthoredFiles(id, 3))?.['scenario.yaml']).toBe('three');
		expect(await storage.readAuthoredFiles(id, 4)).toBeNull();
		expect((await storage.listAuthored()).map((one) => one.id)).toContain(id);
		expect(await storage.removeAuthored(id)).toBe(true);
		expect(await storage.removeAuthored(id)).toBe(false);
		expect(await storage.listAuthoredVersions(id)).toEqual([]);
	});
}

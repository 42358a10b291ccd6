import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryDatabase, openTestMuster, type TestMuster } from '../../../../tests/support/test-muster.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Database } from '../db/database.ts';
import { OWN_TAG } from '../scenarios/offer.ts';
import { create, listStudio, openDocument, remove, save } from './studio.ts';

const shipped = shippedScenario('high-error-rate-bad-deploy');

let database: Database;
let test: TestMuster;
const open = () => openTestMuster({ compiled: [shipped], database });

beforeAll(async () => {
	// Kept open over the restart below.
	database = { ...(await memoryDatabase()), close: () => Promise.resolve() };
	test = await open();
});
afterAll(() => test.close());

async function begun(id: string, topology = 'saas'): Promise<Record<string, string>> {
	const made = await create(test.muster, { id, from: { type: 'starter', topology } });
	if (!made.ok) throw new Error(made.message);
	return (await openDocument(test.muster, id))?.files ?? {};
}

const edited = (files: Record<string, string>, from: string, to: string) => {
	const text = files['scenario.yaml'] ?? '';
	expect(text).toContain(from);
	return { ...files, 'scenario.yaml': text.replace(from, to) };
};

describe('the studio', () => {
	it('puts what loads into the library, under a name that nothing else has', async () => {
		const files = await begun('our-own');
		const { scenarios } = test.muster;
		expect(scenarios.find('our-own')?.scenario.title).toBe('Our own');
		expect(scenarios.cards.find(({ id }) => id === 'our-own')?.tags).toContain(OWN_TAG);
		expect((await listStudio(test.muster)).map(({ id, shipped: is, offered }) => [id, is, offered])).toEqual([
			['our-own', false, 1],
			['high-error-rate-bad-deploy', true, null]
		]);
		const taken: [string, RegExp][] = [
			['our-own', /is a scenario called our-own already/],
			['high-error-rate-bad-deploy', /is shipped with Muster/],
			['../x', /cannot name a scenario/]
		];
		for (const [id, message] of taken) {
			const again = await create(test.muster, { id, from: { type: 'files', files } });
			expect(again.ok ? 'made' : again.message).toMatch(message);
		}
	});

	it('takes files that are brought again as the next version, and only of what was written here', async () => {
		const files = await begun('brought-again');
		const changed = edited(files, 'difficulty: 1', 'difficulty: 3');
		const bring = (id: string) => create(test.muster, { id, from: { type: 'files', files: changed }, onto: true });
		expect(await bring('brought-again')).toMatchObject({ ok: true });
		const document = await openDocument(test.muster, 'brought-again');
		expect(document?.versions.map(({ version, note }) => [version, note])).toEqual([
			[2, 'Imported'],
			[1, 'Begun on the topology saas']
		]);
		expect(test.muster.scenarios.find('brought-again')?.scenario.difficulty).toBe(3);
		expect(await bring('high-error-rate-bad-deploy')).toMatchObject({ ok: false, code: 'wrong_state' });
	});

	it('goes on offering the last version that loads', async () => {
		const files = await begun('half-done');
		const broken = edited(files, 'difficulty: 1', 'difficulty: nine');
		const saved = await save(test.muster, 'half-done', { after: 1, files: broken, note: 'not yet' });
		expect(saved).toMatchObject({ ok: true, saved: { version: 2, offered: 1, errors: 1 } });
		expect(test.muster.scenarios.find('half-done')?.scenario.difficulty).toBe(1);
		const mended = edited(files, 'difficulty: 1', 'difficulty: 4');
		expect(await save(test.muster, 'half-done', { after: 2, files: mended, note: '' })).toMatchObject({
			saved: { offered: 3 }
		});
		expect(test.muster.scenarios.find('half-done')?.scenario.difficulty).toBe(4);
		expect(
			(await openDocument(test.muster, 'half-done'))?.versions.map(({ version, loads, note }) => [version, loads, note])
		).toEqual([
			[3, true, ''],
			[2, false, 'not yet'],
			[1, true, 'Begun on the topology saas']
		]);
	});

	it('lets the second of two authors know, and loses neither text', async () => {
		const files = await begun('two-authors');
		const theirs = edited(files, 'difficulty: 1', 'difficulty: 2');
		const mine = edited(files, 'minutes: 15', 'minutes: 20');
		expect(await save(test.muster, 'two-authors', { after: 1, files: theirs, note: '' })).toMatchObject({ ok: true });
		const refused = await save(test.muster, 'two-authors', { after: 1, files: mine, note: '' });
		expect(refused).toMatchObject({ ok: false, code: 'wrong_state' });
		expect(refused.ok ? '' : refused.message).toMatch(/Somebody saved version 2 while you wrote on version 1/);
		expect((await openDocument(test.muster, 'two-authors'))?.files).toEqual(theirs);
		expect(await save(test.muster, 'two-authors', { after: 2, files: mine, note: '' })).toMatchObject({
			saved: { version: 3 }
		});
		expect(await test.muster.storage.readAuthoredFiles('two-authors', 2)).toEqual(theirs);
	});

	it('changes nothing that is shipped, and copies it whole', async () => {
		const document = await openDocument(test.muster, 'high-error-rate-bad-deploy');
		expect(Object.keys(document?.files ?? {}).sort()).toEqual([
			'rules.yaml',
			'runbooks/high-error-rate.md',
			'runbooks/operations-core-api.md',
			'scenario.yaml'
		]);
		const files = document?.files ?? {};
		expect(await save(test.muster, 'high-error-rate-bad-deploy', { after: 0, files, note: '' })).toMatchObject({
			code: 'wrong_state'
		});
		expect(await remove(test.muster, 'high-error-rate-bad-deploy')).toMatchObject({ code: 'wrong_state' });
		const copied = await create(test.muster, {
			id: 'the-copy',
			from: { type: 'copy', of: 'high-error-rate-bad-deploy' }
		});
		expect(copied.ok).toBe(true);
		const copy = test.muster.scenarios.find('the-copy');
		expect({ ...copy?.scenario, id: '' }).toEqual({ ...shipped.scenario, id: '' });
		expect(await create(test.muster, { id: 'nothing', from: { type: 'copy', of: 'no-such' } })).toMatchObject({
			code: 'unknown_id'
		});
	});

	it('takes one out; its name is free again', async () => {
		await begun('short-lived');
		expect(await remove(test.muster, 'short-lived')).toEqual({ ok: true });
		expect(test.muster.scenarios.find('short-lived')).toBeNull();
		expect(await openDocument(test.muster, 'short-lived')).toBeNull();
		await begun('short-lived');
	});
});

describe('a run', () => {
	it('keeps the version it was begun with: while its scenario is edited, taken out, and after a restart', async () => {
		const files = await begun('kept');
		const started = await test.start({ scenario: 'kept', seed: '7' });
		const first = (await test.live(started.incidentId)).compiled as CompiledScenario;
		const later = edited(edited(files, 'to: 35%', 'to: 90%'), 'minutes: 15', 'minutes: 30');
		expect(await save(test.muster, 'kept', { after: 1, files: later, note: 'worse' })).toMatchObject({
			saved: { offered: 2 }
		});
		expect(test.muster.scenarios.find('kept')?.scenario.minutes).toBe(30);

		const live = await test.live(started.incidentId);
		expect(live.compiled?.contentHash).toBe(first.contentHash);
		expect(live.compiled?.scenario.minutes).toBe(15);
		expect((await openDocument(test.muster, 'kept'))?.versions.map(({ version, runs }) => [version, runs])).toEqual([
			[2, 0],
			[1, 1]
		]);
		expect(await remove(test.muster, 'kept')).toEqual({ ok: true });

		await test.close();
		test = await open();
		const again = await test.live(started.incidentId);
		expect(again.compiled?.contentHash).toBe(first.contentHash);
		expect(again.compiled?.scenario).toEqual(JSON.parse(JSON.stringify(first.scenario)));
		// What was written before the restart is offered again; what was taken out is not.
		await test.muster.authored.ready();
		expect(test.muster.scenarios.find('our-own')?.scenario.id).toBe('our-own');
		expect(test.muster.scenarios.find('half-done')?.scenario.difficulty).toBe(4);
		expect(test.muster.scenarios.find('kept')).toBeNull();
	});
});

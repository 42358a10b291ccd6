// The database goes away in the middle of a run and comes back: nothing is acknowledged meanwhile, time stands still, everybody
// is told, and the run goes on.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandAnswer } from '../../src/lib/protocol/messages.ts';
import type { StartedOr } from '../../src/lib/server/runs/admission.ts';
import { findPostgres, startPostgres, type Postgres } from '../support/postgres.ts';
import { TestPerson, until } from '../support/test-muster.ts';
import { buildHost, discard, HostProcess, smallRoot } from './host-process.ts';

const SCENARIO = 'high-error-rate-bad-deploy';
const bin = findPostgres();

describe.skipIf(bin === null)('while PostgreSQL is away', () => {
	let cluster: Postgres;
	let host: HostProcess;
	let folders: string[] = [];
	let databaseUrl = '';
	beforeAll(async () => {
		const file = await buildHost();
		const root = smallRoot(SCENARIO);
		const dataDir = mkdtempSync(join(tmpdir(), 'muster-away-'));
		folders = [dirname(file), root, dataDir];
		cluster = await startPostgres(bin ?? '');
		databaseUrl = cluster.createDatabase();
		host = await HostProcess.start({ file, root, dataDir, journal: join(dataDir, 'journal'), databaseUrl });
	}, 120_000);
	afterAll(async () => {
		await host.kill();
		await cluster.discard();
		discard(...folders);
	});

	it(
		'nothing is acknowledged and time stands still; when it is back, the run goes on',
		{ timeout: 90_000 },
		async () => {
			const answer = await host.post<StartedOr>('/start', { scenario: SCENARIO, name: 'Ada' });
			if (!answer.ok) throw new Error(answer.message);
			const { incidentId } = answer.started;
			const state = () =>
				host.post<{ simMs: number; phase: string; seq: number; lifecycle: string }>(`/state/${incidentId}`);
			const person = await TestPerson.enter(host.url, answer.started);
			await person.must({ type: 'beginRun' });
			await person.must({ type: 'postMessage', text: 'before' });

			await cluster.stop();
			const answers = new Map<string, CommandAnswer>();
			const say = (text: string) =>
				person.command({ type: 'postMessage', text }, text).then((given) => void answers.set(text, given));
			const first = say('first');
			await until('everybody is told', () => person.notices.includes('database'), 20_000);
			const stopped = await state();
			expect(stopped.phase).toBe('stalled');
			await Promise.all(['second', 'third'].map(say));
			expect(answers.get('second')).toMatchObject({ ok: false, code: 'unavailable' });
			expect(answers.get('third')).toMatchObject({ ok: false, code: 'unavailable' });
			await new Promise((resolve) => setTimeout(resolve, 3_000));
			expect((await state()).simMs).toBe(stopped.simMs);
			// Whether the first was stored before the line broke, nobody knows until the database is back.
			expect(answers.get('first')).not.toMatchObject({ ok: true });

			await cluster.start();
			await until('it is taken back', () => person.notices.includes('-database'), 30_000);
			await first;
			const back = await state();
			expect(back).toMatchObject({ phase: 'live', lifecycle: 'running' });
			const resumedFrom = back.simMs;
			for (let i = 0; i < 100 && (await state()).simMs <= resumedFrom; i++) {
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			expect((await state()).simMs).toBeGreaterThan(resumedFrom);
			await person.must({ type: 'postMessage', text: 'after' });
			await until('it is told', () =>
				person.events.some((event) => event.type === 'message.posted' && event.payload.text === 'after')
			);

			const texts = person.events.flatMap((event) => (event.type === 'message.posted' ? [event.payload.text] : []));
			const done = ['first', 'second', 'third'].filter((text) => answers.get(text)?.ok);
			expect(texts).toEqual(['before', ...done, 'after']);
			expect((await person.hello()).events).toEqual(person.events);
		}
	);

	it('a start is refused in one sentence', { timeout: 60_000 }, async () => {
		await cluster.stop();
		const [built = '', root = '', dataDir = ''] = folders;
		const start = HostProcess.start({
			file: join(built, 'host.mjs'),
			root,
			dataDir,
			journal: join(dataDir, 'journal'),
			databaseUrl
		});
		await expect(start).rejects.toThrow(/DATABASE_URL names cannot be used: nothing answers at that address/);
		await cluster.start();
	});
});

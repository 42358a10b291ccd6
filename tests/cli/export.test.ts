import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import { ScriptPolicy } from '../../src/lib/lab/script-policy.ts';
import { simulate } from '../../src/lib/lab/simulate.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { takeLock, type Lock } from '../../src/lib/server/db/lock.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import { shippedScenarios } from '../replay/scenarios.ts';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
const dataDir = join(folder, 'data');
const id = 'high-error-rate-bad-deploy';
const env = { DATA_DIR: dataDir, DATABASE_URL: '' };

/** Stores a run that was played to its end, as a server would have. */
async function store(): Promise<void> {
	const compiled = shippedScenarios().scenarios.find(({ scenario }) => scenario.id === id) ?? expect.fail();
	const engine = createEngine(compiled, '1');
	const run = simulate(engine, { seed: '1', policy: new ScriptPolicy('ideal', compiled.scenario.ideal) });
	const { database, lock } = await openDatabase(readConfig({ DATA_DIR: dataDir, MUSTER_ROOT: root }));
	const storage = createStorage(database);
	const { settings } = run.state;
	const summary = {
		title: 'First page',
		severity: null,
		lifecycle: 'ended' as const,
		status: 'resolved',
		people: 1,
		endedAt: 1
	};
	await storage.createIncident({
		incidentId: 'stored-run',
		origin: 'practice',
		createdAt: 0,
		policy: DEFAULT_SEVERITY_POLICY,
		hostKeyHash: 'hash',
		joinKey: null,
		summary,
		run: {
			scenarioId: id,
			contentHash: compiled.contentHash,
			seed: '1',
			settings,
			engineVersion: '1',
			content: compiled
		},
		events: run.events,
		owner: 'nobody'
	});
	for (const command of run.commands) {
		const after = { seq: run.events.length, n: command.n - 1 };
		const stored = { ...command, result: null };
		await storage.append({
			incidentId: 'stored-run',
			epoch: 1,
			after,
			command: stored,
			events: [],
			simMs: null,
			summary: null
		});
	}
	await storage.close();
	lock?.release();
}

// Opening the embedded database takes seconds where the machine is busy.
describe('muster export without a server', { timeout: 120_000 }, () => {
	beforeAll(store, 120_000);

	it('writes a log that verifies', async () => {
		const file = join(folder, 'run.ndjson');
		const exported = await muster(['export', 'stored-run', '--format', 'ndjson', '--out', file], { env });
		expect(exported).toEqual({ code: 0, out: '', err: '' });
		const verified = await muster(['replay', file, '--verify', '--json']);
		expect(verified.code).toBe(0);
		expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
	});

	it('prints the log as one JSON document', async () => {
		const { code, out } = await muster(['export', 'stored-run', '--format', 'json'], { env });
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({
			header: { incidentId: 'stored-run', scenario: id },
			commands: expect.any(Array)
		});
	});

	it('drafts the post-mortem where nobody has opened it yet', async () => {
		const { code, out } = await muster(['export', 'stored-run'], { env });
		expect(code).toBe(0);
		expect(out).toMatch(/^# /m);
		expect(out).toMatch(/Root cause/i);
	});

	it('says in one sentence what it cannot find', async () => {
		const unknown = await muster(['export', 'nothing'], { env });
		expect(unknown).toMatchObject({ code: 1, out: '' });
		expect(unknown.err).toMatch(/^muster export: unknown_id: there is no such incident/);
		const elsewhere = await muster(['export', 'nothing'], { env: { ...env, DATA_DIR: join(folder, 'empty') } });
		expect(elsewhere).toMatchObject({ code: 1, out: '' });
		expect(elsewhere.err).toMatch(/^muster export: no_database: .+set DATA_DIR/);
		const wrong = await muster(['export', 'nothing'], { env: { DATA_DIR: dataDir, DATABASE_URL: 'mysql://x' } });
		expect(wrong.err).toMatch(/^muster export: configuration: DATABASE_URL must look like/);
	});
});

describe('muster export beside a running server', () => {
	let server: Server;
	let lock: Lock;
	const asked: (string | undefined)[] = [];
	beforeAll(async () => {
		lock = takeLock(join(folder, 'running'));
		server = createServer((request, response) => {
			asked.push(request.url, request.headers.authorization);
			if (request.url?.includes('/known/')) response.end('# Post-mortem\n');
			else
				response
					.writeHead(404)
					.end(JSON.stringify({ ok: false, code: 'unknown_id', message: 'There is no such incident here.' }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		lock.setUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	});
	afterAll(() => {
		lock.release();
		server.close();
	});
	const running = { DATA_DIR: join(folder, 'running'), DATABASE_URL: '' };

	it('asks it, with the key of the lock', async () => {
		expect(await muster(['export', 'known', '--format', 'md'], { env: running })).toEqual({
			code: 0,
			out: '# Post-mortem\n',
			err: ''
		});
		expect(asked).toEqual(['/api/incidents/known/export?format=md', `Bearer ${lock.key}`]);
	});

	it('hands on its refusal', async () => {
		const { code, out, err } = await muster(['export', 'other'], { env: running });
		expect([code, out]).toEqual([1, '']);
		expect(err).toBe('muster export: unknown_id: There is no such incident here.\n');
	});
});

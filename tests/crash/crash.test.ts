// The server is killed in the middle of everything, again and again. Whatever was acknowledged is there once, and the run goes
// on from the state that it was in.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../src/lib/incident/event.ts';
import type { StartedOr } from '../../src/lib/server/runs/admission.ts';
import { findPostgres, startPostgres, type Postgres } from '../support/postgres.ts';
import { TestPerson } from '../support/test-muster.ts';
import { buildHost, discard, HostProcess, smallRoot, type HostOptions } from './host-process.ts';

const SCENARIO = 'high-error-rate-bad-deploy';
const ROUNDS = 25;

/** Where each round dies: at named places, else after a while. */
const PLACES = [
	'append.before:1',
	'append.after:1',
	'append.before:7',
	'append.after:7',
	'ack.before:1',
	'ack.before:9',
	'snapshot.before',
	'snapshot.after',
	'shutdown'
] as const;
const AT_SHUTDOWN = new Set<string>(['snapshot.before', 'snapshot.after', 'shutdown']);

interface Noted {
	kind: 'stored' | 'loaded';
	seq: number;
	n: number;
	simMs: number;
	lifecycle: string;
	hash: string;
}
interface HostState extends Noted {
	ok: true;
	pause: { cause: string } | null;
}
interface HostLog {
	events: IncidentEvent[];
	commands: [string, string][];
}

let file = '';
let root = '';
beforeAll(async () => {
	file = await buildHost();
	root = smallRoot(SCENARIO);
});
afterAll(() => discard(dirname(file), root));

const bin = findPostgres();
let cluster: Postgres | null = null;
afterAll(() => cluster?.discard());

describe.concurrent('after kill -9', () => {
	it(`${ROUNDS} times on the embedded database, nothing is lost or done twice`, { timeout: 300_000 }, async () => {
		await survive(null, 1);
	});

	it.skipIf(bin === null)(`${ROUNDS} times on PostgreSQL, likewise`, { timeout: 300_000 }, async () => {
		cluster = await startPostgres(bin ?? '');
		await survive(cluster.createDatabase(), 2);
	});
});

async function survive(databaseUrl: string | null, seed: number): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'muster-crash-'));
	const options: HostOptions = {
		file,
		root,
		dataDir,
		journal: join(dataDir, 'journal'),
		...(databaseUrl && { databaseUrl })
	};
	const acknowledged = new Map<string, number>();
	const sent: string[] = [];
	let host = await HostProcess.start(options);
	const answer = await host.post<StartedOr>('/start', { scenario: SCENARIO, seed: `crash-${seed}`, name: 'Ada' });
	if (!answer.ok) throw new Error(answer.message);
	const { started } = answer;
	let compared = 0;

	for (let round = 0; round < ROUNDS; round++) {
		const place = PLACES[round % (PLACES.length * 2)] ?? null;
		if (round > 0) host = await HostProcess.start({ ...options, failpoint: place ?? '' });
		else if (place) {
			await host.stop();
			host = await HostProcess.start({ ...options, failpoint: place });
		}
		compared += await checkBack(host, started.incidentId, options.journal, round);
		await work(host, started, { round, place, sent, acknowledged, dieAfterMs: 40 + ((round * 137 + seed * 61) % 400) });
	}

	host = await HostProcess.start(options);
	await checkBack(host, started.incidentId, options.journal, ROUNDS);
	const person = await TestPerson.enter(host.url, started);
	// What was never answered is sent again, as a browser does; so is what was.
	for (const id of sent) {
		const again = await person.command({ type: 'postMessage', text: id }, id);
		expect(again).toMatchObject({ ok: true, ...(acknowledged.has(id) && { n: acknowledged.get(id) }) });
	}
	person.leave();
	const log = await host.post<HostLog>(`/log/${started.incidentId}`);
	const texts = log.events.flatMap((event) => (event.type === 'message.posted' ? [event.payload.text] : []));
	expect(texts.length).toBe(sent.length);
	expect(new Set(texts)).toEqual(new Set(sent));
	expect(log.events.map(({ seq }) => seq)).toEqual(log.events.map((_, index) => index + 1));
	expect(new Set(log.commands.map(String)).size).toBe(log.commands.length);
	expect(acknowledged.size).toBeGreaterThan(ROUNDS);
	// A death between storing and noting leaves nothing to compare with; most do not.
	expect(compared).toBeGreaterThan(ROUNDS / 2);
	expect(await host.stop()).toBe(0);
	discard(dataDir);
}

/** The run is back, paused where it was going on, in a state whose hash is that of before. */
async function checkBack(host: HostProcess, id: string, journal: string, round: number): Promise<number> {
	const now = await host.post<HostState>(`/state/${id}`);
	const notes = readFileSync(journal, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Noted);
	const loaded = notes.findLastIndex(({ kind }) => kind === 'loaded');
	const [back, before] = [notes[loaded], notes.slice(0, loaded).findLast(({ kind }) => kind === 'stored')];
	if (!back || !before) return 0;
	const where = `round ${round}: ${host.log}`;
	expect(back.seq, where).toBeGreaterThanOrEqual(before.seq);
	expect(back.n, where).toBeGreaterThanOrEqual(before.n);
	if (back.lifecycle === 'running') {
		expect(now.lifecycle, where).toBe('paused');
		expect(now.pause, where).toMatchObject({ cause: 'restart' });
	}
	if (back.seq !== before.seq || back.n !== before.n || back.simMs !== before.simMs) return 0;
	expect(back.hash, where).toBe(before.hash);
	return 1;
}

interface Work {
	round: number;
	place: string | null;
	sent: string[];
	acknowledged: Map<string, number>;
	dieAfterMs: number;
}

/** One click, and on: people talk, time flies, until the server dies. */
async function work(
	host: HostProcess,
	started: { incidentId: string; participantId: string; token: string },
	given: Work
) {
	const { round, place, sent, acknowledged, dieAfterMs } = given;
	let dead = false;
	void host.ended.then(() => (dead = true));
	const person = new TestPerson(host.url, started);
	// A line that breaks is what this is about, not a failure.
	const within = <T>(answer: Promise<T>) => Promise.race([answer.catch(() => null), host.ended.then(() => null)]);
	await within(new Promise((resolve) => person.socket.once('connect', () => resolve(true))));
	const clock = round === 0 ? 'beginRun' : 'resumeRun';
	if (!dead) await within(person.command({ type: clock }, `clock-${round}`));
	if (!dead) await within(person.command({ type: 'setSpeed', speed: round % 2 === 0 ? 60 : 30 }, `speed-${round}`));
	const timer = place === null ? setTimeout(() => void host.kill(), dieAfterMs) : null;
	for (let i = 0; i < 12 && !dead; i++) {
		const id = `m-${round}-${i}`;
		sent.push(id);
		void person
			.command({ type: 'postMessage', text: id }, id)
			.then((answer) => answer.ok && acknowledged.set(id, answer.n))
			.catch(() => undefined);
		await within(new Promise((resolve) => setTimeout(resolve, 15)));
	}
	if (place !== null && AT_SHUTDOWN.has(place) && !dead) {
		await within(person.command({ type: 'viewTelemetry', tool: 'logs', services: [] }, `view-${round}`));
		await host.stop();
	}
	// A place that is passed too seldom to be reached in time is as good as any moment.
	await Promise.race([host.ended, new Promise((resolve) => setTimeout(resolve, 1_500))]);
	await host.kill();
	if (timer) clearTimeout(timer);
	person.leave();
}

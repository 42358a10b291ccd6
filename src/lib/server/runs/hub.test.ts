import { afterEach, describe, expect, it } from 'vitest';
import { readLog } from '../../lab/log-file.schema.ts';
import { verifyLog } from '../../lab/verify.ts';
import { createEngine } from '../../engine/index.ts';
import {
	memoryDatabase,
	openTestMuster,
	TestPerson,
	until,
	type TestMuster,
	type TestOptions
} from '../../../../tests/support/test-muster.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import { exportIncident } from '../api/export.ts';
import type { Database } from '../db/database.ts';
import { declareReal } from './admission.ts';
import { ArchiveCourse } from './archive-course.ts';
import { PracticeCourse } from './practice-course.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';

const scenario = shippedScenario('high-error-rate-bad-deploy');
const open: TestMuster[] = [];
const server = async (options: Partial<TestOptions> = {}) => {
	const test = await openTestMuster({ compiled: [scenario], ...options });
	open.push(test);
	return test;
};
afterEach(async () => {
	for (const test of open.splice(0)) await test.close();
});

/** A database that outlives a server: a second server goes on with it, as after a restart. */
async function shared(): Promise<Database> {
	const database = await memoryDatabase();
	return { ...database, close: () => Promise.resolve() };
}

const hashOf = async (test: TestMuster, id: string) => {
	const { course } = await test.live(id);
	if (!(course instanceof PracticeCourse)) throw new Error('not simulated');
	return course.engine.hash(course.state);
};

async function played(test: TestMuster) {
	const started = await test.start();
	const host = await TestPerson.enter(test.url, started);
	await host.must({ type: 'beginRun' });
	await host.must({ type: 'setSpeed', speed: 60 });
	await test.pass(3);
	await host.must({ type: 'postMessage', text: 'looking' });
	return { started, host };
}

describe('another server on the same database', () => {
	it('brings a run back from its snapshot and its log, paused, in the same state', async () => {
		const database = await shared();
		const first = await server({ database });
		const { started } = await played(first);
		const before = await hashOf(first, started.incidentId);
		const { simMs } = (await first.live(started.incidentId)).course;

		const second = await server({ database });
		const live = await second.live(started.incidentId);
		expect(live.course.incident).toMatchObject({ lifecycle: 'paused', pause: { cause: 'restart' } });
		expect(live.course.simMs).toBe(simMs);
		const person = await TestPerson.enter(second.url, started);
		await person.must({ type: 'resumeRun' });
		await second.pass(2);
		expect(live.course.simMs).toBe((simMs ?? 0) + 120_000);

		// The one before has lost it: its appends are refused, and people are sent where the run is now.
		const lost = await first.live(started.incidentId);
		const answer = await lost.command({ participantId: 'p1', host: true }, 'late', {
			type: 'postMessage',
			text: 'late'
		});
		expect(answer).toMatchObject({ ok: false, code: 'not_owner' });
		expect(live.events.some((event) => event.type === 'message.posted' && event.payload.text === 'late')).toBe(false);
		expect(before).toMatch(/^[0-9a-f]{64}$/);
	});

	it('needs no snapshot, and no other than a right one', async () => {
		const database = await shared();
		const first = await server({ database });
		const { started } = await played(first);
		const live = await first.live(started.incidentId);
		const wanted = await hashOf(first, started.incidentId);
		const { storage } = first.muster;
		await storage.writeSnapshot(started.incidentId, live.epoch, {
			...live.position,
			simMs: 0,
			engineVersion: '1',
			hash: 'wrong',
			state: { nonsense: true },
			takenAt: 1
		});
		const states: string[] = [];
		const second = await server({
			database,
			watchers: [
				{
					loaded: ({ course }) =>
						void (course instanceof PracticeCourse && states.push(course.engine.hash(course.state)))
				}
			]
		});
		await second.live(started.incidentId);
		expect(states).toEqual([wanted]);
	});

	it('shows a run of another engine, and lets the host end it', async () => {
		const database = await shared();
		const first = await server({ database });
		const { started } = await played(first);
		await database.orm.execute("update run set engine_version = 'older'");
		const second = await server({ database });
		const live = await second.live(started.incidentId);
		expect(live.course).toBeInstanceOf(ArchiveCourse);
		const host = await TestPerson.enter(second.url, started);
		expect(host.events.length).toBeGreaterThan(5);
		expect(host.snapshot?.room?.scenario.id).toBe(scenario.scenario.id);
		const answer = await host.command({ type: 'resumeRun' });
		expect(answer).toMatchObject({ ok: false, code: 'wrong_state', message: expect.stringContaining('engine older') });
		await host.must({ type: 'endRun', reason: 'host' });
		expect(live.course.incident.lifecycle).toBe('ended');
	});

	it('shows a run whose log does not re-derive, and does not play it on', async () => {
		const database = await shared();
		const first = await server({ database });
		const { started } = await played(first);
		await database.orm.execute("update incident_event set payload = '{\"speed\":2}' where type = 'run.began'");
		await database.orm.execute('delete from run_snapshot');
		const second = await server({ database });
		expect((await second.live(started.incidentId)).course).toBeInstanceOf(ArchiveCourse);
	});
});

describe('the end of a run', () => {
	it('drafts the post-mortem, archives what was seen, computes twins, and exports a log that re-derives', async () => {
		const test = await server();
		const { started, host } = await played(test);
		await host.must({ type: 'endRun', reason: 'host' });
		await test.muster.endings.settle();
		await host.must({ type: 'answerHotwash', wentWell: 'much', surprisedMe: '', unclear: '' });
		await host.must({ type: 'openTruth' });
		const live = await test.live(started.incidentId);
		const types = live.events.map(({ type }) => type);
		expect(types).toEqual(expect.arrayContaining(['postmortem.drafted', 'telemetry.archived', 'twin.computed']));
		expect(types.filter((type) => type === 'postmortem.drafted')).toHaveLength(1);
		await until('the truth is open to all', () => host.events.some(({ type }) => type === 'twin.computed'));

		const exported = await exportIncident(test.muster, live, 'ndjson', { reader: null, admin: true });
		const log = exported.ok ? readLog(exported.text) : null;
		if (!log?.ok) throw new Error('the export cannot be read');
		expect(log.log.header.hash).toMatch(/^[0-9a-f]{64}$/);
		expect(verifyLog(createEngine(scenario, 'test'), log.log)).toMatchObject({ ok: true, hash: log.log.header.hash });
	});

	it('is finished after a restart where it was interrupted', async () => {
		const database = await shared();
		const first = await server({ database, twins: () => new Promise(() => undefined) });
		const { started, host } = await played(first);
		await host.must({ type: 'endRun', reason: 'host' });
		await host.must({ type: 'openTruth' });
		await until('it waits for its twins', () => host.events.some(({ type }) => type === 'postmortem.drafted'));
		const second = await server({ database });
		const live = await second.live(started.incidentId);
		await second.muster.endings.settle();
		const types = live.events.map(({ type }) => type);
		for (const type of ['run.ended', 'postmortem.drafted', 'telemetry.archived'] as const) {
			expect(types.filter((one) => one === type)).toHaveLength(1);
		}
		expect(types).toContain('twin.computed');
		open.splice(open.indexOf(first), 1);
	});
});

describe('a real incident', () => {
	it('runs through the same room, is open only to those with its link, and survives a restart unpaused', async () => {
		const database = await shared();
		const first = await server({ database });
		const { hub } = first.muster;
		const answer = await declareReal(hub, DEFAULT_SEVERITY_POLICY, {
			title: 'Mail is down',
			severity: 'P2',
			summary: '',
			name: 'Ada'
		});
		if (!answer.ok) throw new Error(answer.message);
		const { started } = answer;
		const host = await TestPerson.enter(first.url, started);
		expect(host.snapshot?.header).toMatchObject({ origin: 'real', title: 'Mail is down', key: 'INC-2026-0001' });
		expect(host.snapshot?.room).toBeNull();
		expect(host.snapshot?.links.join).toMatch(/#join=/);
		await expect(first.join(started.incidentId, { name: 'Bo', as: 'responder' })).rejects.toThrow(
			/only to those with its link/
		);
		const joinKey = host.snapshot?.links.join.split('=')[1] ?? '';
		await first.join(started.incidentId, { name: 'Bo', as: 'responder', joinKey });
		await host.must({ type: 'recordImpact', change: 'started', share: 0.2, at: first.muster.hub.context.now() });
		expect(
			await host.command({ type: 'applyMitigation', mitigationId: 'x', runbookId: null, stepId: null })
		).toMatchObject({ code: 'wrong_state' });

		const second = await server({ database });
		const again = await TestPerson.enter(second.url, started);
		expect(again.events).toEqual(host.events);
		await again.must({ type: 'takeRole', role: 'incident_commander' });
		await again.must({
			type: 'changeStatus',
			status: 'resolved',
			note: '',
			verification: 'mail flows for ten minutes'
		});
		expect((await second.live(started.incidentId)).course.incident.postmortem.state).toBe('draft');
	});
});

describe('a run under other circumstances', () => {
	const truthOf = async (test: TestMuster, id: string) => {
		const { events } = await test.live(id);
		const recorded = events.find(({ type }) => type === 'truth.recorded');
		return recorded?.type === 'truth.recorded'
			? { ...recorded.payload.truth, audience: recorded.audience }
			: expect.fail();
	};

	it('stores which, keeps it from the room, and goes on as that on another server', async () => {
		const database = await shared();
		const first = await server({ database });
		const started = await first.start({ variant: 'extra-alert' });
		const host = await TestPerson.enter(first.url, started);
		await host.must({ type: 'beginRun' });
		await first.pass(2);
		const truth = await truthOf(first, started.incidentId);
		expect(truth.variant).toEqual({ id: 'extra-alert', title: 'Something else is going on, too' });
		expect(truth.audience).toEqual({ kind: 'truth' });
		expect(JSON.stringify(host.events)).not.toContain('Something else is going on');
		const second = await server({ database });
		const { compiled } = await second.live(started.incidentId);
		expect(compiled).toMatchObject({ variant: { id: 'extra-alert' }, scenario: { id: scenario.scenario.id } });
		expect(compiled?.contentHash).not.toBe(scenario.contentHash);
	});

	it('is as written where nothing was chosen, and refused where there is no such variant', async () => {
		const test = await server();
		const started = await test.start();
		expect((await truthOf(test, started.incidentId)).variant).toBeUndefined();
		await expect(test.start({ variant: 'nothing-like-it' })).rejects.toThrow(
			'There is no such variant of the scenario'
		);
	});

	it('may be one by chance', async () => {
		const test = await server();
		const titles = new Set<string>();
		for (let i = 0; i < 6; i += 1) {
			const { incidentId } = await test.start({ variant: '?', seed: String(i) });
			titles.add((await truthOf(test, incidentId)).variant?.title ?? 'as written');
		}
		expect(titles.size).toBeGreaterThan(1);
	});
});

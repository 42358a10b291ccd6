// The debrief as the server gives it, on a run that people have played.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	openTestMuster,
	TestPerson,
	until,
	type Started,
	type TestMuster
} from '../../../../tests/support/test-muster.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import { createEngine } from '../../engine/index.ts';
import { foldAll } from '../../incident/fold.ts';
import { replay } from '../../lab/replay.ts';
import { whatIf } from '../../lab/what-if.ts';
import { readLog } from '../../lab/log-file.schema.ts';
import { exportIncident } from '../api/export.ts';
import { readerOf } from '../auth/visitor.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { viewerOf } from '../runs/views.ts';
import { mayLookBack } from './access.ts';
import { bookmarksFor } from './bookmarks.ts';
import { knownAt } from './known.ts';
import { momentOf } from './moment-of.ts';
import { replayable, Replays } from './replays.ts';
import { seriesOf } from './series.ts';
import { listShares, makeShare, withdrawShare } from './share-links.ts';
import { openShared, sharedView } from './shared.ts';
import { surveyAnswer } from './survey.ts';
import { WhatIfs, whatIfOffer } from './what-ifs.ts';

const scenario = shippedScenario('high-error-rate-bad-deploy');
let test: TestMuster;
let started: Started;
let host: TestPerson;
let tom: TestPerson;
let tomJoined: Awaited<ReturnType<TestMuster['join']>>;
const live = () => test.live(started.incidentId);
const hostReader = async () => readerOf(await live(), started.token);

beforeAll(async () => {
	test = await openTestMuster({ compiled: [scenario] });
	started = await test.start({ name: 'Ada Byron' });
	tomJoined = await test.join(started.incidentId, { name: 'Tom', as: 'responder' });
	host = await TestPerson.enter(test.url, started);
	tom = await TestPerson.enter(test.url, tomJoined);
	await host.must({ type: 'beginRun' });
	await host.must({ type: 'setSpeed', speed: 60 });
	await test.pass(4);
	await host.must({ type: 'declareIncident', severity: 'P1', title: 'Prices fail', summary: '' });
	await tom.must({ type: 'postMessage', text: 'Ada, I look at the changes' });
	await tom.must({ type: 'addNote', text: 'Byron says: stop deploys' });
	await test.pass(2);
	await tom.must({
		type: 'applyMitigation',
		mitigationId: scenario.scenario.mitigations[0]?.id ?? '',
		runbookId: null,
		stepId: null
	});
	await test.pass(4);
	await host.must({ type: 'endRun', reason: 'host' });
	await test.muster.endings.settle();
}, 120_000);
afterAll(() => test.close());

describe('the three answers and the survey', () => {
	it('are kept on the wire until all have written, then everybody has them', async () => {
		await host.must({ type: 'answerHotwash', wentWell: 'calm', surprisedMe: '', unclear: '' });
		await until('the host has the own answer', () => host.events.some(({ type }) => type === 'hotwash.answered'));
		expect(tom.events.some(({ type }) => type === 'hotwash.answered')).toBe(false);
		expect((await tom.hello()).events.some(({ type }) => type === 'hotwash.answered')).toBe(false);
		expect(mayLookBack(await live(), await hostReader())).toMatchObject({ code: 'wrong_state' });
		await tom.must({ type: 'answerHotwash', wentWell: 'fast', surprisedMe: '', unclear: '' });
		const answers = ({ events }: TestPerson) => foldAll('practice', events).hotwash.map(({ wentWell }) => wentWell);
		await until('both have both', () => [host, tom].every((one) => answers(one).length === 2));
		expect(mayLookBack(await live(), await hostReader())).toBeNull();
		expect(mayLookBack(await live(), null)).toMatchObject({ code: 'forbidden' });
	});

	it('tell a team’s figures alone, and leave the house sealed', async () => {
		await host.must({ type: 'answerSurvey', answers: { strain: 5, clarity: 1, voice: 2, useful: 3 } });
		expect(surveyAnswer(await live())).toEqual({ count: 1, figures: null, least: 5 });
		expect(host.events.some(({ type }) => type === 'survey.answered')).toBe(false);
		const exported = await exportIncident(test.muster, await live(), 'ndjson', { reader: null, admin: true });
		const text = exported.ok ? exported.text : '';
		expect(text).not.toContain('"strain":5');
		const log = readLog(text);
		if (!log.ok) throw new Error(log.problem.message);
		expect(log.log.events.filter(({ type }) => type === 'survey.answered')).toHaveLength(1);
	});
});

describe('the replay', () => {
	it('shows every moment as a straight replay to there has it', async () => {
		const incident = await live();
		const { course } = incident;
		if (!(course instanceof PracticeCourse)) throw new Error('not simulated');
		const { seed, settings } = course.state;
		const commands = (await test.muster.storage.readCommands(incident.incidentId)).map(
			({ result: _result, ...command }) => command
		);
		const engine = createEngine(scenario, seed);
		for (const simMs of [0, 61_000, 245_000, 400_000]) {
			const found = await Replays.of(test.muster).at(incident, simMs);
			if (!found.ok) throw new Error(found.message);
			const straight = replay(engine, { seed, settings, commands, untilMs: simMs });
			expect(engine.hash(found.state)).toBe(engine.hash(straight.state));
			const shown = momentOf(found.rewind.engine, found.state, { latest: found.rewind.latest, truth: true });
			// Counters are whole numbers: where a collector begins to count, a rate may differ by a grain.
			const seen = engine.observation.health(straight.state.world, straight.state.simMs);
			expect(shown.services.map(({ service, level }) => [service, level])).toEqual(
				seen.map(({ service, level }) => [service, level])
			);
			for (const [i, { requestsPerSecond, p95Ms }] of seen.entries()) {
				const own = shown.services[i];
				expect(Math.abs((own?.requestsPerSecond ?? 0) - (requestsPerSecond ?? 0))).toBeLessThanOrEqual(
					0.005 * (requestsPerSecond ?? 0)
				);
				expect(Math.abs((own?.p95Ms ?? 0) - (p95Ms ?? 0))).toBeLessThanOrEqual(0.005 * (p95Ms ?? 0));
			}
			expect(shown.truth?.impact.affectedMinutes).toBe(straight.state.impact.affectedMinutes);
		}
	});

	it('knows when each event was there to be seen, and gives panels over the whole run', async () => {
		const incident = await live();
		const commands = await test.muster.storage.readCommands(incident.incidentId);
		const known = knownAt(incident.events, commands, scenario.startsAt);
		expect(known).toEqual([...known].sort((a, b) => a - b));
		const declared = incident.events.findIndex(({ type }) => type === 'incident.declared');
		expect(known[declared]).toBe(incident.events[declared]?.occurredAt);
		const end = await Replays.of(test.muster).end(incident);
		if (!end.ok) throw new Error(end.message);
		const { panels } = await seriesOf(end.rewind.engine, end.state, ['all-errors', 'nothing']);
		expect(panels.map(({ id }) => id)).toEqual(['all-errors']);
		expect(panels[0]?.series.length).toBeGreaterThan(0);
	});

	it('bookmarks moments, and says what was so to those alone who may know', async () => {
		const incident = await live();
		const viewer = viewerOf(incident.course.incident, started.participantId);
		const closed = bookmarksFor(incident, viewer, false);
		expect(closed.length).toBeGreaterThanOrEqual(3);
		expect(closed.every(({ because }) => because === '')).toBe(true);
		expect(bookmarksFor(incident, viewer, true).some(({ because }) => because !== '')).toBe(true);
	});
});

describe('what if', () => {
	it('asks for another future, remembers it, and refuses what cannot be', async () => {
		const incident = await live();
		const worked: string[] = [];
		const whatIfs = new WhatIfs(({ compiled, run, asked }) => {
			worked.push(asked.type);
			return Promise.resolve(whatIf(createEngine(compiled, run.seed), run, asked));
		});
		const { commands, thisRun, why } = await whatIfOffer(test.muster, incident);
		expect(why).toBeNull();
		const declare = commands.find(({ title }) => /declared/i.test(title));
		const edits = [{ type: 'move' as const, n: declare?.n ?? 0, toMs: 120_000 }];
		const future = await whatIfs.ask(test.muster, incident, { type: 'edits', edits });
		expect(await whatIfs.ask(test.muster, incident, { type: 'edits', edits })).toBe(future);
		expect(worked).toEqual(['edits']);
		expect('detectionMs' in future && future.detectionMs).toBeLessThan(thisRun.detectionMs ?? 0);
		const wrong = await whatIfs.ask(test.muster, incident, { type: 'edits', edits: [{ type: 'remove', n: 999 }] });
		expect(wrong).toMatchObject({ ok: false, code: 'incomplete' });
	});
});

describe('shared links', () => {
	it('open without an account, hide names, keep in what was private, and end at once when withdrawn', async () => {
		const { muster } = test;
		const incident = await live();
		const asking = { reader: await hostReader(), admin: false };
		const request = { label: 'the board', names: false };
		expect(await makeShare(muster, incident, asking, request, '')).toMatchObject({ code: 'wrong_state' });
		await host.must({ type: 'openTruth' });
		const stranger = { reader: readerOf(incident, tomJoined.token), admin: false };
		expect(await makeShare(muster, incident, stranger, request, '')).toMatchObject({ code: 'forbidden' });
		const made = await makeShare(muster, incident, asking, request, 'http://x');
		if (!('url' in made)) throw new Error(made.message);
		const token = made.url.replace('http://x/s/', '');
		const opened = await openShared(muster, token);
		if (opened.state !== 'open') throw new Error(opened.state);
		const view = sharedView(opened.live, opened.names);
		const text = JSON.stringify(view);
		expect(text).not.toMatch(/\b(Ada|Byron|Tom)\b/);
		expect(text).toContain('Person 1 says: stop deploys');
		expect(text).not.toContain('I look at the changes');
		expect(view.events.some(({ type }) => /^(hotwash\.answered|survey|observation|message)/.test(type))).toBe(false);
		expect(view.events.some(({ type }) => type === 'truth.recorded')).toBe(true);
		expect(JSON.stringify(await listShares(muster, incident, asking))).not.toContain(token);
		await withdrawShare(muster, incident, asking, made.link.id);
		expect(await openShared(muster, token)).toEqual({ state: 'withdrawn' });
		expect(await openShared(muster, `${token}x`)).toEqual({ state: 'unknown' });
	});
});

describe('a run of another engine', () => {
	it('shows what was archived and says why it cannot be played again', async () => {
		await test.database.orm.execute("update run set engine_version = '0'");
		const second = await openTestMuster({
			compiled: [scenario],
			database: { ...test.database, close: () => Promise.resolve() }
		});
		const incident = await second.live(started.incidentId);
		expect(replayable(incident)).toMatchObject({
			ok: false,
			why: expect.stringMatching(/engine 0.*archived/) as string
		});
		const { why, thisRun } = await whatIfOffer(second.muster, incident);
		expect(why).toMatch(/engine 0/);
		expect(thisRun.detectionMs).not.toBeNull();
		expect(await Replays.of(second.muster).at(incident, 0)).toMatchObject({ ok: false, code: 'wrong_state' });
		await second.close();
	});
});

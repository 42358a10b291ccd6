import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INCIDENT_NAMESPACE, PROTOCOL_VERSION } from '../../protocol/messages.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import {
	connected,
	openSocket,
	openTestMuster,
	TestPerson,
	until,
	type TestMuster
} from '../../../../tests/support/test-muster.ts';

let test: TestMuster;
beforeAll(async () => {
	test = await openTestMuster({ compiled: [shippedScenario('high-error-rate-bad-deploy')] });
});
afterAll(() => test.close());

const refusalOf = (socket: ReturnType<typeof openSocket>) =>
	connected(socket).then(
		() => 'connected',
		(error: Error & { data?: { code: string } }) => error.data?.code
	);

describe('the handshake', () => {
	it('lets members in and nobody else, with a code', async () => {
		const { incidentId, token, participantId } = await test.start();
		const other = await test.start();
		const open = (over: object) =>
			openSocket(test.url, INCIDENT_NAMESPACE, { incidentId, token, participantId, ...over });
		expect(await refusalOf(open({}))).toBe('connected');
		expect(await refusalOf(open({ token: 'guess' }))).toBe('forbidden');
		expect(await refusalOf(open({ token: other.token }))).toBe('forbidden');
		expect(await refusalOf(open({ token: '' }))).toBe('forbidden');
		expect(await refusalOf(open({ incidentId: 'none-none' }))).toBe('unknown_id');
		expect(await refusalOf(open({ incidentId: { $ne: 1 } }))).toBe('malformed');
		const old = open({});
		old.auth = { protocol: PROTOCOL_VERSION + 1, incidentId, token };
		expect(await refusalOf(old)).toBe('wrong_state');
	});
});

describe('a room', () => {
	it('shows everyone the same, and leaves nothing missing or twice after a reload or a lost line', async () => {
		const started = await test.start();
		const host = await TestPerson.enter(test.url, started);
		const joined = await test.join(started.incidentId, { name: 'Bo', as: 'responder' });
		const bo = await TestPerson.enter(test.url, joined);
		await host.must({ type: 'beginRun' });
		await host.must({ type: 'postMessage', text: 'one' });
		await until('Bo has read it', () => bo.events.some(({ type }) => type === 'message.posted'));
		expect(bo.events).toEqual(host.events);

		const last = bo.events.at(-1)?.viewSeq ?? 0;
		bo.leave();
		await host.must({ type: 'postMessage', text: 'two' });
		const again = await TestPerson.enter(test.url, joined);
		expect(again.events).toEqual(host.events);
		const continued = await again.hello(last, again.snapshot?.viewKey);
		expect(continued.from).toBe(last);
		expect(continued.events).toHaveLength(1);
		const caughtUp = await again.socket.emitWithAck('catchUp', { after: last, viewKey: 'closed:' });
		expect(caughtUp).toEqual({ ok: true, events: continued.events });
		expect(host.events.map(({ viewSeq }) => viewSeq)).toEqual(host.events.map((_, index) => index + 1));
	});

	it('does a command once, however often it is sent', async () => {
		const host = await TestPerson.enter(test.url, await test.start());
		const body = { type: 'postMessage', text: 'once' } as const;
		const answers = await Promise.all([1, 2, 3].map(() => host.command(body, 'same')));
		expect(answers).toEqual(Array(3).fill(answers[0]));
		expect(answers[0]).toMatchObject({ ok: true });
		expect(host.events.filter(({ type }) => type === 'message.posted')).toHaveLength(1);
	});

	it('gives a new view, numbered anew, to who takes a seat that sees more', async () => {
		const started = await test.start();
		const host = await TestPerson.enter(test.url, started);
		expect(host.snapshot?.viewKey).toBe('closed:');
		await host.must({ type: 'takeRole', role: 'communications_lead' });
		await until('the view has come', () => host.views.length > 0);
		expect(host.views[0]).toMatchObject({ viewKey: 'closed:communications_lead', from: 0 });
		expect(host.views[0]?.events.map(({ viewSeq }) => viewSeq)).toEqual(host.views[0]?.events.map((_, i) => i + 1));
		await host.must({ type: 'postMessage', text: 'after' });
		expect(host.events.at(-1)).toMatchObject({ type: 'message.posted', viewSeq: host.events.length });
	});

	it('shows the truth to the facilitator, and to the others once the host has opened it', async () => {
		const started = await test.start({ facilitate: true });
		const facilitator = await TestPerson.enter(test.url, started);
		const player = await TestPerson.enter(
			test.url,
			await test.join(started.incidentId, { name: 'Bo', as: 'responder' })
		);
		const truthIn = (person: TestPerson) => person.events.some(({ type }) => type === 'truth.recorded');
		expect([truthIn(facilitator), truthIn(player)]).toEqual([true, false]);
		let pushed = false;
		facilitator.socket.on('facilitator', () => (pushed = true));
		player.socket.on('facilitator', () => expect.unreachable());
		await until('the facilitator is told the truth', () => pushed);
		await facilitator.must({ type: 'beginRun' });
		await facilitator.must({ type: 'endRun', reason: 'host' });
		expect(truthIn(player)).toBe(false);
		expect(await player.command({ type: 'openTruth' })).toMatchObject({ ok: false, code: 'forbidden' });
		await facilitator.must({ type: 'openTruth' });
		await until('the player sees it', () => truthIn(player));
	});

	it('refuses what a seat may not do, and what is no command, each in a sentence', async () => {
		const started = await test.start();
		const host = await TestPerson.enter(test.url, started);
		const player = await TestPerson.enter(
			test.url,
			await test.join(started.incidentId, { name: 'Bo', as: 'responder' })
		);
		expect(await player.command({ type: 'beginRun' })).toMatchObject({ ok: false, code: 'forbidden' });
		expect(await host.command({ type: 'acknowledgeAlert', alertId: 'a99' })).toMatchObject({ code: 'not_started' });
		expect(await host.command({ type: 'nonsense' } as never)).toMatchObject({ ok: false, code: 'malformed' });
		expect(await host.command({ type: 'postMessage', text: 'a\0b' })).toMatchObject({ code: 'malformed' });
		expect(await host.command({ type: 'postMessage', text: '\ud800' })).toMatchObject({ code: 'malformed' });
		expect(await host.command({ type: 'postMessage', text: 'x'.repeat(9000) })).toMatchObject({ code: 'too_large' });
		expect(await host.command({ type: 'postMessage', text: 'x' }, 'id with spaces')).toMatchObject({
			code: 'malformed'
		});
	});

	it('keeps time, and stands still while it is paused', async () => {
		const started = await test.start();
		const host = await TestPerson.enter(test.url, started);
		const live = await test.live(started.incidentId);
		await host.must({ type: 'beginRun' });
		await test.pass(10);
		expect(live.course.simMs).toBe(10_000);
		await host.must({ type: 'setSpeed', speed: 60 });
		await test.pass(2);
		expect(live.course.simMs).toBe(130_000);
		await host.must({ type: 'pauseRun', reason: 'lunch', cause: 'unattended' });
		expect(live.course.incident.pause).toMatchObject({ cause: 'host' });
		await test.pass(5);
		expect(live.clockReading()).toMatchObject({ simMs: 130_000, running: false });
		await host.must({ type: 'resumeRun' });
		await test.pass(1);
		expect(live.course.simMs).toBe(190_000);
	});

	it('pauses itself when nobody has been there for two minutes', async () => {
		const started = await test.start();
		const host = await TestPerson.enter(test.url, started);
		const live = await test.live(started.incidentId);
		await host.must({ type: 'beginRun' });
		host.leave();
		await until('the room is empty', () => live.people.here === 0);
		await test.pass(119);
		expect(live.course.incident.lifecycle).toBe('running');
		await test.pass(2);
		expect(live.course.incident.pause).toMatchObject({ cause: 'unattended' });
	});
});

// What is hidden from trainees never reaches their browser: judged by the bytes that their sockets received.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { roomInfo } from '../../src/lib/server/projection/room-info.ts';
import { POSTMORTEM_NAMESPACE, TELEMETRY_NAMESPACE } from '../../src/lib/protocol/messages.ts';
import { statusOf } from '../../src/lib/server/pages/status-page.ts';
import { exportIncident } from '../../src/lib/server/api/export.ts';
import { shippedScenario } from '../support/scenarios.ts';
import {
	connected,
	memoryDatabase,
	openSocket,
	openTestMuster,
	TestPerson,
	until,
	type Joined,
	type TestMuster
} from '../support/test-muster.ts';
import { Wire } from '../support/wire.ts';

const original = shippedScenario('high-error-rate-bad-deploy');

/** The same scenario with a mark in every hidden text. Marks differ by `mark` and by place, and have equal length. */
function marked(mark: string): { compiled: CompiledScenario; marks: string[] } {
	const compiled = structuredClone(original);
	const marks: string[] = [];
	const put = (text: string) => {
		const own = `${mark}-${String(marks.length).padStart(3, '0')}`;
		marks.push(own);
		return `${text} ${own}`;
	};
	const { scenario } = compiled;
	const { truth } = scenario;
	truth.root_cause = put(truth.root_cause);
	truth.trigger = put(truth.trigger);
	truth.customers_see = put(truth.customers_see);
	truth.red_herrings = [put('a herring')];
	truth.debrief = [put('a question')];
	truth.whys = truth.whys.map((why) => ({ ...why, question: put(why.question), answer: put(why.answer) }));
	truth.actions = truth.actions.map((action) => ({ ...action, title: put(action.title) }));
	scenario.precedent = put(scenario.precedent);
	scenario.facilitator_notes = put(scenario.facilitator_notes);
	scenario.hints = scenario.hints.map(put);
	scenario.severity.note = put(scenario.severity.note);
	if (scenario.cost) scenario.cost.assumption = put(scenario.cost.assumption);
	for (const fault of scenario.faults)
		for (const state of Object.values(fault.states)) state.note = put(state.note ?? '');
	for (const one of scenario.mitigations) one.why = put(one.why);
	for (const one of scenario.injects) one.expected = put(one.expected);
	for (const one of scenario.expectations) one.title = put(one.title);
	for (const [role, card] of Object.entries(scenario.role_cards)) {
		// The trainee of these tests is scribe, and told what a scribe knows.
		if (role !== 'scribe') card.knows = put(card.knows);
	}
	for (const runbook of compiled.runbooks) {
		for (const step of runbook.steps) step.defect_note = put(step.defect_note ?? '');
	}
	scenario.ideal = scenario.ideal.map((step) => ({ ...step, do: { ...step.do, note: put('') } }));
	return { compiled: { ...compiled, contentHash: `hash-${mark}` }, marks };
}

/** Plays a while with every tool open, and gives what each browser received. */
async function play(test: TestMuster): Promise<{ trainee: Wire; observer: Wire; facilitator: Wire; ids: string[] }> {
	const started = await test.start({ facilitate: true });
	const { incidentId } = started;
	const wires = { trainee: new Wire(), observer: new Wire(), facilitator: new Wire() };
	const enter = async (joined: Joined, wire: Wire) => {
		const person = new TestPerson(test.url, joined);
		wire.listen(person.socket);
		await connected(person.socket as never);
		await person.hello();
		return person;
	};
	const facilitator = await enter(started, wires.facilitator);
	const traineeJoined = await test.join(incidentId, { name: 'Bo', as: 'responder' });
	const trainee = await enter(traineeJoined, wires.trainee);
	await enter(await test.join(incidentId, { name: 'Cy', as: 'observer' }), wires.observer);

	await facilitator.must({ type: 'beginRun' });
	await trainee.must({ type: 'takeRole', role: 'scribe' });
	await facilitator.must({ type: 'recordObservation', text: 'PRIVATE-NOTE' });
	await facilitator.must({ type: 'setSpeed', speed: 60 });
	await test.pass(5);

	const telemetry = openSocket(test.url, TELEMETRY_NAMESPACE, traineeJoined);
	wires.trainee.listen(telemetry);
	await connected(telemetry);
	const queries = roomInfo(original, []).panels.map(({ id, query }) => ({ key: id, query }));
	const asked = queries.slice(0, 20);
	await telemetry.emitWithAck('open', { queries: asked, windowMs: 900_000, stepMs: 15_000 });
	const at = original.startsAt;
	const window = { services: [], levels: [], text: '', fromAt: at - 600_000, toAt: at + 300_000, limit: 200 };
	await telemetry.emitWithAck('logs', window);
	await telemetry.emitWithAck('health', {});
	await telemetry.emitWithAck('names', {});
	const { diagnostics, mitigations } = original.scenario;
	await trainee.must({ type: 'runConsole', line: diagnostics[0]?.command ?? '' });
	await trainee.command({ type: 'runConsole', line: 'kubectl do what I mean' });
	await trainee.must({
		type: 'applyMitigation',
		mitigationId: mitigations[0]?.id ?? '',
		runbookId: null,
		stepId: null
	});
	for (const { id } of original.runbooks) await trainee.must({ type: 'openRunbook', runbookId: id });
	await trainee.command({ type: 'openTruth' });
	await trainee.command({ type: 'giveHint', text: null });
	await test.pass(8);
	await facilitator.must({ type: 'endRun', reason: 'host' });
	await test.muster.endings.settle();

	const postmortem = openSocket(test.url, POSTMORTEM_NAMESPACE, traineeJoined);
	wires.trainee.listen(postmortem);
	await connected(postmortem);
	await postmortem.emitWithAck('open', {});
	await trainee.hello();
	const live = await test.live(incidentId);
	wires.trainee.packets.push(JSON.stringify(statusOf(live)));
	for (const format of ['ndjson', 'json', 'md'] as const) {
		const exported = await exportIncident(test.muster, live, format, { reader: null, admin: false });
		wires.trainee.packets.push(exported.ok ? exported.text : exported.message);
	}
	await until('the facilitator has read the end', () => facilitator.events.some(({ type }) => type === 'run.ended'));
	return { ...wires, ids: [incidentId, live.stored.key, facilitator.snapshot?.me.participantId ?? ''] };
}

describe('hidden texts', () => {
	const { compiled, marks } = marked('CANARY');
	let test: TestMuster;
	beforeAll(async () => {
		test = await openTestMuster({ compiled: [compiled] });
	});
	afterAll(() => test.close());

	it('never occur in what a trainee or a spectator receives, though the facilitator does', async () => {
		const { trainee, observer, facilitator } = await play(test);
		expect(marks.length).toBeGreaterThan(30);
		for (const wire of [trainee, observer]) {
			expect(wire.packets.length).toBeGreaterThan(10);
			expect([...marks, 'PRIVATE-NOTE'].filter((mark) => wire.text.includes(mark))).toEqual([]);
			expect(wire.text).not.toMatch(/CANARY/);
		}
		expect(facilitator.text).toMatch(/CANARY/);
		expect(facilitator.text).toContain('PRIVATE-NOTE');
	});
});

describe('two runs that differ only in what cannot be seen', () => {
	it('send the same bytes', async () => {
		const sent: string[][] = [];
		for (const mark of ['AAAA', 'BBBB']) {
			const test = await openTestMuster({ compiled: [marked(mark).compiled], database: await memoryDatabase() });
			const { trainee, ids } = await play(test);
			sent.push(comparable(trainee.packets, ids));
			await test.close();
		}
		expect(sent[0]?.length).toBeGreaterThan(20);
		const [one = [], other = []] = sent;
		expect(firstDifference(one.join('\n'), other.join('\n'))).toBe('');
	});
});

/** A little of both texts from where they part; empty where they are the same. */
function firstDifference(one: string, other: string): string {
	if (one === other) return '';
	let at = 0;
	while (one[at] === other[at]) at++;
	return `${one.slice(Math.max(0, at - 200), at + 100)}\n≠\n${other.slice(Math.max(0, at - 200), at + 100)}`;
}

/** Packets without what belongs to the connection itself or comes by the wall’s time: the clock, frames, who is here. */
function comparable(packets: string[], [incidentId = '']: string[]): string[] {
	const own = packets.map((packet) => packet.replaceAll(incidentId, 'INCIDENT').replace(/"sid":"[^"]*"/g, '"sid":""'));
	const people = own.findLast((packet) => packet.includes('["people"')) ?? '';
	return [...own.filter((packet) => !/\["(clock|people|series)"|"frame"|^[0-9a-f]{24,} /.test(packet)), people];
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import { openTestMuster, TestPerson, type TestMuster } from '../../../../tests/support/test-muster.ts';
import type { Ask } from './ask.ts';
import { sourceOf } from './service.ts';

/** As much work as anybody is granted, and then some: many seconds until it is refused. */
const ENDLESS = 'max_over_time(sum(rate(http_requests_total[5m]))[1d:1s])';

let test: TestMuster;
const people: TestPerson[] = [];

/** A run that has begun, with one person in it. */
async function begun(seed: string) {
	const started = await test.start({ seed });
	const person = await TestPerson.enter(test.url, started);
	people.push(person);
	await person.must({ type: 'beginRun' });
	return { incidentId: started.incidentId, person };
}
async function ask(incidentId: string, what: Ask, timeoutMs?: number) {
	const source = sourceOf(await test.live(incidentId));
	if (!source.ok) throw new Error(source.message);
	return test.muster.queries.ask(source.source, what, 'tool', timeoutMs);
}

const open = async () => {
	test = await openTestMuster({
		compiled: [shippedScenario('high-error-rate-bad-deploy')],
		queries: { size: 2, timeoutMs: 100_000 }
	});
};
const close = async () => {
	for (const { socket } of people.splice(0)) socket.disconnect();
	await test.close();
};

describe('questions beside the tick', () => {
	beforeAll(open);
	afterAll(close);
	it('leave the order and the count of another run’s events alone while one is exhausted', async () => {
		const [quiet, twin, loud] = [await begun('order'), await begun('order'), await begun('loud')];
		const live = await test.live(loud.incidentId);
		const atMs = live.course.at(0);
		const endless = Array.from({ length: 20 }, () => ask(loud.incidentId, { type: 'instant', query: ENDLESS, atMs }));
		await test.pass(180);
		// One thread is theirs and stays busy, however many more wait behind it.
		expect(test.muster.queries.load).toMatchObject({ running: 1 });

		const other = await ask(quiet.incidentId, { type: 'instant', query: 'count(up)', atMs });
		expect(other).toMatchObject({ ok: true, value: { value: { type: 'vector' } } });
		expect(test.muster.queries.load).toMatchObject({ running: 1 });

		const [a, b] = [await test.live(quiet.incidentId), await test.live(twin.incidentId)];
		expect(a.course.simMs).toBe(180_000);
		expect(a.events.map(({ seq }) => seq)).toEqual(a.events.map((_, at) => at + 1));
		expect(a.events.map(({ type }) => type)).toContain('alert.fired');
		// The same scenario and seed, told twice alike, and what people were sent is whole.
		const told = ({ events }: typeof a) =>
			events.map(({ type, simMs, payload }) => JSON.stringify([type, simMs, payload]));
		expect(told(a)).toEqual(told(b));
		expect(quiet.person.events.map(({ viewSeq }) => viewSeq)).toEqual(quiet.person.events.map((_, at) => at + 1));

		await test.muster.queries.close();
		expect((await Promise.all(endless)).map((outcome) => !outcome.ok && outcome.code)).toContain('closed');
	});
});

describe('questions that ask for too much', () => {
	beforeAll(open);
	afterAll(close);
	it('are ended when their time is over, and say whether they had begun', async () => {
		const { incidentId } = await begun('late');
		const atMs = (await test.live(incidentId)).course.at(0);
		const late = await Promise.all(
			Array.from({ length: 3 }, () => ask(incidentId, { type: 'instant', query: ENDLESS, atMs }, 4_000))
		);
		expect(late.map((outcome) => (outcome.ok ? 'ok' : outcome.code)).sort()).toEqual(['timeout', 'waiting', 'waiting']);
	});

	it.each<[string, Ask['type'], string, string, RegExp]>([
		[
			'an endless subquery',
			'instant',
			`sum_over_time(${ENDLESS}[10y:1ms])`,
			'limit|execution',
			/more than \\d+ samples|too many samples/
		],
		[
			'every series of a month',
			'instant',
			'sum(rate({__name__=~".+"}[32d]))',
			'limit|execution',
			/too many samples|memory/
		],
		['an expression of a hundred thousand letters', 'instant', `${'('.repeat(100_000)}1`, 'parse|limit', /./],
		['what is no PromQL', 'instant', 'rate(up', 'parse', /./]
	])('refuse %s in plain words', async (_what, _type, query, codes, words) => {
		const { incidentId } = await begun('limits');
		const live = await test.live(incidentId);
		const outcome = await ask(incidentId, { type: 'instant', query, atMs: live.course.at(0) }, 15_000);
		expect(outcome.ok).toBe(false);
		if (outcome.ok) return;
		expect(codes.split('|')).toContain(outcome.code);
		expect(outcome.message).toMatch(words);
		// And the next one is answered again.
		const after = await ask(incidentId, { type: 'instant', query: '1 + 1', atMs: live.course.at(0) });
		expect(after).toMatchObject({ ok: true, value: { value: { value: 2 } } });
	});

	it('give many panels of a room their values in one answer', async () => {
		const { incidentId } = await begun('panels');
		await test.pass(30);
		const source = sourceOf(await test.live(incidentId));
		if (!source.ok) throw new Error(source.message);
		const { baseMs, simMs } = source.source;
		const queries = ['count(up)', 'oops(', 'time()'];
		const answers = await test.muster.queries.ask(
			source.source,
			{ type: 'instants', queries, atMs: baseMs + simMs },
			'room'
		);
		expect(answers).toMatchObject({
			ok: true,
			value: [
				{ outcome: { ok: true } },
				{ outcome: { ok: false, code: 'parse' } },
				{ outcome: { ok: true, value: { value: { value: (baseMs + simMs) / 1000 } } } }
			]
		});
	});
});

import { describe, expect, it } from 'vitest';
import { plainEngine } from '../engine/testing/player.ts';
import type { CommandBody } from '../incident/command.ts';
import type { PolicyStepSpec } from '../scenario/scenario.schema.ts';
import { NOBODY, type Policy } from './policy.ts';
import { replay } from './replay.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate, SIMULATION_SETTINGS } from './simulate.ts';
import { computeTwins, futureOf } from './twins.ts';

const MIN = 60_000;
const engine = plainEngine();
const ideal = () => new ScriptPolicy('ideal', engine.compiled.scenario.ideal);
const at = (minutes: number, body: Record<string, unknown>): PolicyStepSpec => ({ at: minutes * MIN, do: body });
const apply = (mitigationId: string) => ({ type: 'applyMitigation', mitigationId });
const play = (steps: PolicyStepSpec[]) => {
	const policy = new ScriptPolicy('test', steps);
	return { policy, simulated: simulate(engine, { seed: 's', policy }) };
};
const again = (commands: Parameters<typeof replay>[1]['commands'], untilMs?: number) =>
	replay(engine, { seed: 's', settings: SIMULATION_SETTINGS, commands, ...(untilMs === undefined ? {} : { untilMs }) });

describe('simulation', () => {
	it('[LB3] is the same for the same seed and policy, and another for another seed', () => {
		const [one, two, other] = ['s', 's', 't'].map((seed) => simulate(engine, { seed, policy: ideal() }));
		expect(two?.events).toEqual(one?.events);
		expect(engine.hash((two ?? expect.fail()).state)).toBe(engine.hash((one ?? expect.fail()).state));
		expect(engine.hash((other ?? expect.fail()).state)).not.toBe(engine.hash((one ?? expect.fail()).state));
	});

	it('[LB3] numbers events and commands contiguously, in order of time', () => {
		const { events, commands } = simulate(engine, { seed: 's', policy: ideal() });
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		expect(commands.map(({ n }) => n)).toEqual(commands.map((_, index) => index + 1));
		expect(commands.map(({ simMs }) => simMs)).toEqual(
			commands.map(({ simMs }) => simMs).toSorted((a, b) => (a ?? 0) - (b ?? 0))
		);
	});

	it('tells how far it has come, about once a minute', () => {
		const told: number[] = [];
		simulate(engine, { seed: 's', policy: NOBODY, onProgress: (simMs) => told.push(simMs) });
		expect(told[0]).toBe(0);
		expect(told.length).toBeGreaterThanOrEqual(30);
		expect(told).toEqual(told.toSorted((a, b) => a - b));
	});

	it('ends where a policy pauses the run and nobody is there to resume it', () => {
		const { simulated } = play([at(2, { type: 'pauseRun', reason: 'coffee', cause: 'host' })]);
		expect(simulated.state.simMs).toBe(2 * MIN);
		expect(simulated.state.outcome).toBeNull();
	});
});

describe('replay', () => {
	it('[LB4] of a log equals the run, event by event and in its hash', () => {
		const run = simulate(engine, { seed: 's', policy: ideal() });
		const replayed = again(run.commands);
		expect(replayed.events).toEqual(run.events);
		expect(engine.hash(replayed.state)).toBe(engine.hash(run.state));
		expect(replayed.refused).toEqual([]);
	});

	it('[LB4] leaves out what people did after the end', () => {
		const run = simulate(engine, { seed: 's', policy: ideal() });
		const last = run.commands.at(-1) ?? expect.fail();
		const body: CommandBody = { type: 'openTruth' };
		const after = { ...last, n: last.n + 1, simMs: run.state.simMs, clientCommandId: 'after', body };
		const replayed = again([...run.commands, after]);
		expect(replayed.events).toEqual(run.events);
		expect(engine.hash(replayed.state)).toBe(engine.hash(run.state));
	});

	it('[LB7] without one action is the same until there, and differs afterwards', () => {
		const { simulated } = play([at(3, apply('scale_api')), at(8, apply('flush')), at(12, apply('rollback_api'))]);
		const flush = simulated.commands.find(
			({ body }) => body.type === 'applyMitigation' && body.mitigationId === 'flush'
		);
		const without = again(simulated.commands.filter((command) => command !== flush));
		const before = simulated.events.filter(({ simMs, causedBy }) => (simMs ?? 0) <= 8 * MIN && causedBy !== flush?.n);
		expect(without.events.slice(0, before.length).map(({ seq: _seq, ...rest }) => rest)).toEqual(
			before.map(({ seq: _seq, ...rest }) => rest)
		);
		expect(futureOf(without).impactMinutes).toBeLessThan(futureOf(simulated).impactMinutes);
		// The draw of another action is untouched.
		const ran = (events: typeof without.events) =>
			events.flatMap((e) =>
				e.type === 'mitigation.finished' && e.payload.mitigationId === 'scale_api' ? [e.payload.ran] : []
			);
		expect(ran(without.events)).toEqual(ran(simulated.events));
	});

	it('[LB7] lists what makes no sense without the action taken out', () => {
		const { simulated } = play([
			at(3, { type: 'assignTask', text: 'Look at the cache', ownerId: null, dueInMinutes: null }),
			at(4, { type: 'completeTask', taskId: 't1', result: 'clean' })
		]);
		const without = again(simulated.commands.filter(({ body }) => body.type !== 'assignTask'));
		expect(without.refused.map(({ body }) => body.type)).toEqual(['completeTask']);
	});
});

describe('twins', () => {
	it('[LB8] are nobody, the reference, and the run without each action that did not help', () => {
		const { simulated } = play([at(3, apply('scale_api')), at(6, apply('flush')), at(10, apply('rollback_api'))]);
		const ended = simulated.events.findLast(({ type }) => type === 'run.ended') ?? expect.fail();
		const twins = computeTwins(engine, {
			seed: 's',
			settings: SIMULATION_SETTINGS,
			commands: simulated.commands,
			events: simulated.events,
			endedAt: ended.occurredAt,
			endedMs: ended.simMs ?? 0
		});
		const payloads = twins.flatMap((event) => (event.type === 'twin.computed' ? [event.payload] : []));
		expect(payloads.map(({ twin, attemptId }) => [twin, attemptId])).toEqual([
			['none', null],
			['reference', null],
			['without', 'x1'],
			['without', 'x2']
		]);
		expect(
			twins.every(({ audience, occurredAt }) => audience.kind === 'truth' && occurredAt === ended.occurredAt)
		).toBe(true);
		const [none, reference, , withoutFlush] = payloads;
		expect(none?.resolved).toBe(false);
		expect(reference?.resolved).toBe(true);
		expect(withoutFlush?.impactMinutes).toBeLessThan(futureOf(simulated).impactMinutes);
		expect(reference?.impactMinutes).toBeLessThan(none?.impactMinutes ?? 0);
	});
});

describe('scripted policy', () => {
	it('[LB9] does a step at its time, and puts the run’s ids in the place of names', () => {
		const { simulated, policy } = play([
			{ when: { type: 'alert', name: 'HighErrorRate' }, do: { type: 'acknowledgeAlert', alertId: 'HighErrorRate' } },
			at(2.5, { type: 'answerStakeholder', questionId: 'Support', text: 'We are on it.' })
		]);
		const fired = simulated.events.find(({ type }) => type === 'alert.fired');
		const acknowledged = simulated.events.find(({ type }) => type === 'alert.acknowledged');
		const answered = simulated.events.find(({ type }) => type === 'stakeholder.answered');
		expect(acknowledged?.simMs).toBe(fired?.simMs);
		expect(answered?.simMs).toBe(2.5 * MIN);
		expect(policy.undone).toEqual([]);
	});

	it('[LB9] waits for names that the run does not know, and says which steps never came to', () => {
		const { policy } = play([at(1, { type: 'acknowledgeAlert', alertId: 'NoSuchAlert' })]);
		expect(policy.refused).toEqual([]);
		expect(policy.undone.map(({ do: body }) => body.alertId)).toEqual(['NoSuchAlert']);
	});

	it('[LB9] tries a refused step again for two minutes, then lists it with the reason', () => {
		const { simulated, policy } = play([at(1, { type: 'completeTask', taskId: 't9', result: 'done' })]);
		expect(policy.refused).toHaveLength(1);
		expect(policy.refused[0]?.message).toMatch(/task/i);
		expect(simulated.refused.map(({ simMs }) => simMs)).toEqual(Array.from({ length: 25 }, (_, i) => MIN + i * 5000));
	});

	it('[LB9] is asked only when it has something to look at', () => {
		const asked: number[] = [];
		const inner = new ScriptPolicy('late', [at(10, { type: 'addNote', text: 'still here' })]);
		const policy: Policy = {
			name: 'late',
			decide: (view) => {
				asked.push(view.simMs);
				return inner.decide(view);
			},
			answered: (body, refusal) => inner.answered(body, refusal),
			wakeAt: (simMs) => inner.wakeAt(simMs)
		};
		simulate(engine, { seed: 's', policy });
		expect(asked.length).toBeLessThan(60);
		expect(asked).toContain(10 * MIN);
	});
});

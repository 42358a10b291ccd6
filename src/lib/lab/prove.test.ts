import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import { createEngine } from '../engine/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { Eyes } from './eyes.ts';
import { playerOf, PLAYERS } from './players.ts';
import { NOBODY } from './policy.ts';
import { guessingAmiss } from './prove-checks.ts';
import type { Played } from './prove-plays.ts';
import { prove, proveVariants, type Check } from './prove.ts';
import { simulate } from './simulate.ts';

const found = shippedScenarios().scenarios.find(({ scenario }) => scenario.id === 'high-error-rate-bad-deploy');
const compiled = found ?? expect.fail();
const broken = (change: (scenario: CompiledScenario['scenario']) => CompiledScenario['scenario']) =>
	prove({ ...compiled, scenario: change(structuredClone(compiled.scenario)) }, ['1'], { guesses: 1 });
const fails = (check: Check, change: Parameters<typeof broken>[0]) => {
	const proven = broken(change);
	expect(proven.ok).toBe(false);
	expect(proven.proofs.filter(({ ok }) => !ok).map((each) => each.check)).toContain(check);
};

describe('trainees', () => {
	it.each(PLAYERS)('[LB11] %s plays the same run for the same seed', (name) => {
		const engine = createEngine(compiled, '4');
		const [one, two] = [1, 2].map(() => simulate(engine, { seed: '4', policy: playerOf(name, compiled, '4') }));
		expect(two?.commands).toEqual(one?.commands);
	});

	it('[LB11] do what people do: acknowledge, declare, take seats, tell, try', () => {
		const engine = createEngine(compiled, '4');
		const { commands } = simulate(engine, { seed: '4', policy: playerOf('hasty', compiled, '4') });
		const types = new Set(commands.map(({ body }) => body.type));
		for (const type of ['acknowledgeAlert', 'declareIncident', 'takeRole', 'publishStatusUpdate', 'applyMitigation'])
			expect(types).toContain(type);
	});
});

describe('what a player sees', () => {
	const event = (seq: number, audience: IncidentEvent['audience'], body: object) =>
		({
			seq,
			occurredAt: 1,
			recordedAt: 1,
			simMs: 1,
			actor: { kind: 'system', name: 'muster' },
			audience,
			causedBy: null,
			...body
		}) as IncidentEvent;
	const everyone = { kind: 'everyone' } as const;
	const seats = { kind: 'seats', seats: ['communications_lead'] } as const;
	const asked = {
		questionId: 'q',
		from: 'Press',
		channel: 'press',
		text: 'Well?',
		needsAnswer: true,
		to: 'communications_lead'
	};
	const log = [
		event(1, everyone, { type: 'participant.joined', payload: { participantId: 'p1', as: 'responder' } }),
		event(2, { kind: 'truth' }, { type: 'impact.started', payload: { share: 0.5 } }),
		event(3, { kind: 'seats', seats: [...seats.seats] }, { type: 'stakeholder.asked', payload: asked }),
		event(4, everyone, {
			type: 'role.assigned',
			payload: { role: 'communications_lead', participantId: 'p1', bot: false }
		})
	];

	it('[LB11] is what was sent to everybody and to the seats it holds, also before it held them', () => {
		const eyes = new Eyes('p1' as never);
		expect(eyes.see(log.slice(0, 3)).questions).toEqual([]);
		const state = eyes.see(log);
		expect(state.questions.map(({ from }) => from)).toEqual(['Press']);
		expect(state.impact).toBeUndefined();
	});
});

describe('[LB16] variants', () => {
	it('are proven one by one', () => {
		const variants = proveVariants(compiled, ['1']);
		expect(variants.map(({ id, ok, written }) => `${id} ${written} ${ok}`)).toEqual([
			'nothing-to-read true true',
			'old-advice true true',
			'busier-day true true',
			'another-day false true',
			'other-people false true',
			'extra-alert false true'
		]);
	});

	it('fall short where the circumstances break a promise', () => {
		const scenario = structuredClone(compiled.scenario);
		// A tenth of the requests is too few for the alert to notice in its time.
		scenario.truth.alerts = scenario.truth.alerts.map((alert) => ({ ...alert, by: 30_000 }));
		const [first] = proveVariants({ ...compiled, scenario }, ['1']);
		expect(first?.ok).toBe(false);
		expect(first?.proofs.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual(['alerts']);
	});
});

describe('[LB12] guessing', () => {
	const run = (
		outcome: 'resolved' | 'unresolved',
		impactMinutes: number,
		minutes: number,
		harmed: string[] = []
	): Played =>
		({
			seed: '1',
			harmed,
			policy: NOBODY,
			result: { outcome, impactMinutes, endedMs: minutes * 60_000 }
		}) as unknown as Played;
	const ideal = [run('resolved', 1, 10), run('resolved', 1, 10)];
	it.each([
		['is seldom restored', [run('unresolved', 0.5, 20), run('resolved', 0.5, 5)], null],
		['is restored as often and does harm', [run('resolved', 0.5, 5, ['wipe']), run('resolved', 0.5, 5)], null],
		['is restored as often, with more impact', [run('resolved', 1.2, 5), run('resolved', 1.1, 5)], null],
		['is restored as often, later', [run('resolved', 1, 12), run('resolved', 1, 11)], null],
		[
			'has less impact',
			[run('resolved', 0.5, 12), run('resolved', 0.4, 12)],
			'guessing beats the reference in impact minutes: 0.45 against 1'
		],
		['is lucky once, and dear the other time', [run('resolved', 0.1, 5), run('resolved', 4, 5)], null],
		[
			'is the same',
			ideal,
			'guessing does as well as the reference: give a wrong guess a price, or the reference a quicker line'.slice(0, 40)
		]
	])('that %s', (_, random, why) => {
		const found = guessingAmiss(ideal, random);
		expect(found).toHaveLength(why === null ? 0 : 1);
		if (why !== null) expect(found[0]).toContain(why);
	});
});

describe('[LB12] a scenario falls short', () => {
	it('of its alerts, where they come at other times or not at all', () => {
		fails('alerts', (scenario) => ({
			...scenario,
			truth: { ...scenario.truth, alerts: [{ name: 'HighErrorRate', from: 0, by: 60_000 }] }
		}));
		fails('alerts', (scenario) => ({ ...scenario, truth: { ...scenario.truth, alerts: [] } }));
	});

	it('of its reference, where it takes too long', () => {
		fails('ideal', (scenario) => ({
			...scenario,
			truth: { ...scenario.truth, expected: { ...scenario.truth.expected, resolution: 60_000 } }
		}));
	});

	it('of evidence, where one diagnostic alone carries it', () => {
		fails('evidence', (scenario) => ({
			...scenario,
			diagnostics: scenario.diagnostics
				.filter(({ id, proves }) => proves !== 'cause' || id === 'errors_by_version')
				.filter(({ proves }) => proves !== 'trigger')
		}));
	});

	it('of harm, where what is called harmful costs nothing', () => {
		fails('harm', (scenario) => ({
			...scenario,
			mitigations: scenario.mitigations.map((one) => (one.id === 'flush_redis' ? { ...one, after: [] } : one))
		}));
	});
});

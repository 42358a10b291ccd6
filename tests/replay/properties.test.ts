import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import { createEngineWith } from '../../src/lib/engine/engine.ts';
import { plainObservation } from '../../src/lib/engine/testing/plain-observation.ts';
import type { Engine } from '../../src/lib/engine/types.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { smallScenario } from '../../src/lib/world/testing/small-scenario.ts';
import { shippedScenarios } from './scenarios.ts';
import { acts, leap, OPENING, play, seenBy, TRAINEE, type Act } from './script.ts';

const MIN = 60_000;
const { scenarios, broken } = shippedScenarios();

interface Stage {
	name: string;
	compiled: CompiledScenario;
	make: (compiled: CompiledScenario) => Engine;
	untilMs: number;
	numRuns: number;
}

/** A small scenario on plain instruments, many times; every shipped one on real telemetry, a few times. */
const stages: Stage[] = [
	{
		name: 'small',
		compiled: smallScenario(),
		make: (compiled) => createEngineWith(compiled, 's', plainObservation),
		untilMs: 12 * MIN,
		numRuns: 6
	},
	{
		// Nothing waits for a condition here, so time is leapt over wherever it can be.
		name: 'small, without conditions',
		compiled: smallScenario((yaml) =>
			yaml.replace(/^.*\bwhen: "state\(outage\).*\n/m, '').replace(/^ *next: \[\{ when:.*\n/gm, '')
		),
		make: (compiled) => createEngineWith(compiled, 's', plainObservation),
		untilMs: 12 * MIN,
		numRuns: 6
	},
	...scenarios.map((compiled) => ({
		name: compiled.scenario.id,
		compiled,
		make: (each: CompiledScenario) => createEngine(each, 's'),
		untilMs: 8 * MIN,
		numRuns: 1
	}))
];

/** Seeds are fixed, so that a failure on one machine is a failure on all; fast-check prints the path to it. */
const SEED = 20_240_131;

it('every shipped scenario loads', () => expect(broken).toEqual([]));

describe.each(stages)('$name', ({ compiled, make, untilMs, numRuns }) => {
	const script = acts(compiled, untilMs);
	const check = (property: fc.IPropertyWithHooks<[Act[]]> | fc.IProperty<[Act[], number]>, runs = numRuns) =>
		fc.assert(property as fc.IProperty<unknown>, { numRuns: runs, seed: SEED });
	const TIMEOUT = 180_000;

	it('[EN1] same scenario, seed and log: same events and hash', { timeout: TIMEOUT }, () => {
		check(
			fc.property(script, (list) => {
				const [one, other] = [make(compiled), make(compiled)].map((engine) => play(engine, 's', list, untilMs));
				expect(other?.events).toEqual(one?.events);
				expect(other?.hash).toBe(one?.hash);
			})
		);
	});

	it('[EN8] saving and loading before any command changes nothing', { timeout: TIMEOUT }, () => {
		check(
			fc.property(script, fc.integer({ min: 2, max: 9 }), (list, every) => {
				const straight = play(make(compiled), 's', list, untilMs);
				const loaded = play(make(compiled), 's', list, untilMs, {
					between: (state, index) =>
						index % every === 1
							? { state: JSON.parse(JSON.stringify(state)) as typeof state, engine: make(compiled) }
							: null
				});
				expect(loaded.events).toEqual(straight.events);
				expect(loaded.hash).toBe(straight.hash);
			})
		);
	});

	it('[EN3] one leap is the same as small steps', { timeout: TIMEOUT }, () => {
		check(
			fc.property(script, fc.integer({ min: 1, max: 40 }), (list, seconds) => {
				const straight = play(make(compiled), 's', list, untilMs);
				const stepped = play(make(compiled), 's', list, untilMs, {
					advance: (engine, state, toMs, into) => {
						let at = state;
						for (let t = state.simMs + seconds * 1000; t < toMs; t += seconds * 1000) at = leap(engine, at, t, into);
						return leap(engine, at, toMs, into);
					}
				});
				expect(stepped.events).toEqual(straight.events);
				expect(stepped.hash).toBe(straight.hash);
			})
		);
	});

	it('[EN6] refused commands change nothing', { timeout: TIMEOUT }, () => {
		const engine = make(compiled);
		check(
			fc.property(script, (list) => {
				const all = play(engine, 's', list, untilMs);
				const taken = play(
					engine,
					's',
					list.filter((_, index) => !all.refused.includes(index)),
					untilMs
				);
				expect(taken.refused).toEqual([]);
				expect(taken.events).toEqual(all.events);
				expect(taken.hash).toBe(all.hash);
			})
		);
	});

	it('[EN7] a pause changes nothing but the pause', { timeout: TIMEOUT }, () => {
		const engine = make(compiled);
		const host = { participantId: 'p1', host: true };
		check(
			fc.property(script, fc.integer({ min: OPENING.length, max: 30 }), (list, where) => {
				const index = Math.min(where, list.length);
				const atMs = list[index - 1]?.atMs ?? 0;
				const pause: Act[] = [
					{ atMs, by: host, body: { type: 'pauseRun', reason: '', cause: 'host' } },
					{ atMs, by: host, body: { type: 'resumeRun' } }
				];
				const plain = play(engine, 's', list, untilMs);
				const paused = play(engine, 's', [...list.slice(0, index), ...pause, ...list.slice(index)], untilMs);
				const others = paused.events.filter(({ type }) => type !== 'clock.paused' && type !== 'clock.resumed');
				const anyViewer = { seats: ['facilitator' as const], truthOpen: true };
				expect(seenBy(others, anyViewer)).toEqual(seenBy(plain.events, anyViewer));
			})
		);
	});

	it('[EN9] taking one action out changes no draw of another', { timeout: TIMEOUT }, () => {
		// Every mitigation is a matter of chance here, and short enough to be tried again.
		const chancy = structuredClone(compiled);
		for (const mitigation of chancy.scenario.mitigations) Object.assign(mitigation, { chance: 0.5, takes: 5_000 });
		const engine = make(chancy);
		const tries = acts(chancy, untilMs).map((list) =>
			list.filter(({ body }, i) => i < OPENING.length || body.type === 'applyMitigation' || body.type === 'runStep')
		);
		// Whether the n-th try of a mitigation ran: known where it was not impossible from the start.
		const draws = (list: Act[]) => {
			const { events } = play(engine, 's', list, untilMs);
			const drawn = new Map<string, string>();
			const count = new Map<string, number>();
			for (const event of events) {
				if (event.type !== 'mitigation.finished') continue;
				const { mitigationId, ran, message } = event.payload;
				const n = (count.get(mitigationId) ?? 0) + 1;
				count.set(mitigationId, n);
				if (ran || message.includes('timed out')) drawn.set(`${mitigationId} ${n}`, String(ran));
			}
			return drawn;
		};
		check(
			fc.property(tries, fc.nat({ max: 10 }), (list, which) => {
				if (list.length === OPENING.length) return;
				const index = OPENING.length + (which % (list.length - OPENING.length));
				const { body } = list[index] ?? { body: null };
				const same = (id: string) =>
					body?.type === 'runStep' || (body?.type === 'applyMitigation' && body.mitigationId === id);
				const without = draws(list.filter((_, i) => i !== index));
				for (const [key, ran] of draws(list)) {
					// Tries of the same mitigation move up by one when one is taken out.
					if (!same(key.split(' ')[0] ?? '')) expect(without.get(key) ?? ran).toBe(ran);
				}
			}),
			numRuns * 4
		);
	});

	it('[EN30] what cannot be seen leaves no trace in what is', { timeout: TIMEOUT }, () => {
		const hidden = planted(compiled);
		const [engine, other] = [make(compiled), make(hidden)];
		const facilitator = { participantId: 'p3', host: true };
		const note: Act = { atMs: 0, by: facilitator, body: { type: 'recordObservation', text: 'CANARY-observation' } };
		check(
			fc.property(script, (list) => {
				const blind = list.filter(({ body }) => body.type !== 'requestHint');
				const plain = play(engine, 's', blind, untilMs);
				const noted = blind.flatMap((act) => [act, { ...note, atMs: act.atMs }]);
				const marked = play(other, 's', noted, untilMs);
				const [a, b] = [seenBy(plain.events, TRAINEE), seenBy(marked.events, TRAINEE)];
				expect(b).toEqual(a);
				expect(JSON.stringify(b)).not.toContain('CANARY');
			})
		);
	});
});

/** The same scenario with other words in every field that a trainee must not see. */
function planted(compiled: CompiledScenario): CompiledScenario {
	const copy = structuredClone(compiled);
	let n = 0;
	const mark = (text: string) => `CANARY-${(n += 1)} ${text}`;
	const { scenario } = copy;
	scenario.facilitator_notes = mark(scenario.facilitator_notes);
	scenario.hints = scenario.hints.map(mark);
	scenario.truth.root_cause = mark(scenario.truth.root_cause);
	scenario.truth.trigger = mark(scenario.truth.trigger);
	scenario.truth.customers_see = mark(scenario.truth.customers_see);
	scenario.truth.red_herrings = scenario.truth.red_herrings.map(mark);
	scenario.truth.debrief = scenario.truth.debrief.map(mark);
	for (const why of scenario.truth.whys) {
		why.question = mark(why.question);
		why.answer = mark(why.answer);
	}
	for (const action of scenario.truth.actions) action.title = mark(action.title);
	for (const expectation of scenario.expectations) expectation.title = mark(expectation.title);
	for (const mitigation of scenario.mitigations) {
		mitigation.why = mark(mitigation.why);
		mitigation.verdict = mitigation.verdict === 'harmful' ? 'effective' : 'harmful';
	}
	for (const inject of scenario.injects) inject.expected = mark(inject.expected);
	for (const diagnostic of scenario.diagnostics) diagnostic.proves = 'context';
	for (const fault of scenario.faults)
		for (const state of Object.values(fault.states)) state.note = mark(state.note ?? '');
	for (const runbook of copy.runbooks) {
		for (const step of runbook.steps) {
			step.defect_note = mark(step.defect_note ?? '');
			if (step.defect === 'missing') step.title = mark(step.title);
			else if (step.defect === 'stale') step.defect = 'trap';
		}
	}
	return copy;
}

import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import { createEngine } from '../engine/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { playerOf, PLAYERS } from './players.ts';
import { prove, type Check } from './prove.ts';
import { simulate } from './simulate.ts';

const found = shippedScenarios().scenarios.find(({ scenario }) => scenario.id === 'high-error-rate-bad-deploy');
const compiled = found ?? expect.fail();
const broken = (change: (scenario: CompiledScenario['scenario']) => CompiledScenario['scenario']) =>
	prove({ ...compiled, scenario: change(structuredClone(compiled.scenario)) }, ['1']);
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

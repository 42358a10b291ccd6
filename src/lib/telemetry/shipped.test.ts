import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import { parse } from '../promql/index.ts';
import { createWorld, enterState, initialWorldState, type World, type WorldState } from '../world/index.ts';
import { createObservation, dashboardPanels } from './index.ts';
import { ask, matchers, MIN, samplesOf, signature } from './testing.ts';

const { scenarios } = shippedScenarios();

/** A world in which every fault has entered each of its states, five minutes apart. */
function everything(world: World): WorldState {
	let state = initialWorldState(world);
	let at = MIN;
	for (const fault of world.compiled.scenario.faults) {
		for (const name of Object.keys(fault.states)) {
			state = enterState(world, state, fault.id, name, at);
			at += 5 * MIN;
		}
	}
	return state;
}

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))('%s', (_, compiled) => {
	const world = createWorld(compiled, 'shipped');
	const state = everything(world);
	const end = 30 * MIN;

	it('shows something on every panel', () => {
		const queryable = createObservation(world).queryable(state, 5 * MIN);
		const answers = new Map<string, string[]>();
		for (const panel of dashboardPanels(compiled)) {
			const keys = answers.get(panel.query) ?? [...ask(queryable, panel.query, 5 * MIN).keys()];
			answers.set(panel.query, keys);
			const own = keys.filter((key) =>
				Object.entries(panel.where).every(([name, value]) => key.split(',').includes(`${name}=${value}`))
			);
			expect(own.length, panel.id).toBeGreaterThan(0);
		}
	});

	it('has series for everything that its rules read', () => {
		const recorded = new Set(compiled.rules.groups.flatMap((group) => group.rules.map((rule) => rule.record)));
		const queryable = createObservation(world).queryable(state, 5 * MIN);
		for (const group of compiled.rules.groups) {
			for (const rule of group.rules.filter((each) => each.alert !== undefined)) {
				const expr = String(rule.expr);
				expect(parse(expr).ok, expr).toBe(true);
				for (const name of expr.match(/\b[a-z_]+(?::[a-z_0-9]+)*(?=\{|\[)/g) ?? []) {
					if (recorded.has(name) || ['by', 'on', 'without'].includes(name)) continue;
					expect(
						queryable.select(matchers(name), 0, 5 * MIN).length,
						`${name} of ${String(rule.alert ?? rule.record)}`
					).toBeGreaterThan(0);
				}
			}
		}
	});

	it('counters rise, buckets are cumulative, through every state of every fault', () => {
		const queryable = createObservation(world).queryable(state, end);
		const buckets = queryable.select(matchers('http_request_duration_seconds_bucket'), 0, end);
		const before = new Map<string, number[]>();
		const wrong: string[] = [];
		for (const series of buckets) {
			const samples = samplesOf(series).map(([, value]) => value ?? -1);
			for (let i = 1; i < samples.length; i += 1) {
				const [last = -1, now = -1] = [samples[i - 1], samples[i]];
				// A process that begins anew begins from zero.
				if (now >= 0 && now < last && now > 0.5 * last) wrong.push(`${signature(series.labels)} falls`);
			}
			const rest = signature({ ...series.labels, le: '' });
			const lower = before.get(rest);
			if (lower?.some((value, i) => value > (samples[i] ?? 0)))
				wrong.push(`${signature(series.labels)} is not cumulative`);
			before.set(rest, samples);
		}
		expect(wrong).toEqual([]);
	});

	it('fires no alert on a quiet day', () => {
		const calm = createWorld({ ...compiled, scenario: { ...compiled.scenario, faults: [], changes: [] } }, 'calm');
		const quiet = initialWorldState(calm);
		const observation = createObservation(calm);
		for (let t = 0; t <= 60 * MIN; t += 4 * MIN) {
			const queryable = observation.queryable(quiet, t);
			for (const group of compiled.rules.groups)
				for (const rule of group.rules)
					if (rule.alert !== undefined)
						expect([...ask(queryable, String(rule.expr), t).keys()], String(rule.alert)).toEqual([]);
			const unwell = observation.health(quiet, t).filter((each) => each.level === 'bad');
			expect(unwell).toEqual([]);
		}
	});

	it('writes lines of every state, without a placeholder left open', () => {
		const page = createObservation(world).logs(state, {
			fromMs: 0,
			toMs: end,
			services: [],
			levels: ['warn', 'error', 'fatal'],
			text: '',
			limit: 3_000
		});
		expect(page.records.length).toBeGreaterThan(100);
		const open = page.records.filter((record) => /\{(customer|request|host|version|ms|n)\}/.test(record.msg));
		expect(open).toEqual([]);
	});
});

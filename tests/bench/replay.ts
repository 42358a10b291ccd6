// How soon any moment of an hour-long run is shown: the state, the map's health and the truth, as the replay asks for them.

import { createEngine } from '../../src/lib/engine/index.ts';
import { Rewind } from '../../src/lib/lab/rewind.ts';
import { ScriptPolicy } from '../../src/lib/lab/script-policy.ts';
import { simulate, SIMULATION_SETTINGS } from '../../src/lib/lab/simulate.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { momentOf } from '../../src/lib/server/debrief/moment-of.ts';
import { shippedScenarios } from '../replay/scenarios.ts';
import type { Bench, Figure } from './support/figure.ts';
import { cpuMs, quantile } from './support/stats.ts';

const SEEKS = 300;
const HOUR_MS = 3_600_000;

const bench: Bench = {
	name: 'replay',
	about: `${SEEKS} seeks all over a run of 60 minutes that nobody mends`,
	run() {
		return Promise.resolve(shippedScenarios().scenarios.flatMap(figuresOf));
	}
};
export default bench;

function figuresOf(compiled: CompiledScenario): Figure[] {
	const settings = { ...SIMULATION_SETTINGS, limitMinutes: 60 };
	const busy = compiled.scenario.ideal.filter(
		({ do: { type } }) => type !== 'changeStatus' && type !== 'applyMitigation'
	);
	const policy = new ScriptPolicy('busy', busy);
	const { commands } = simulate(createEngine(compiled, '1'), { seed: '1', policy, settings });
	const engine = createEngine(compiled, '1');
	const rewind = new Rewind(engine, { seed: '1', settings, commands });
	const slices: number[] = [];
	for (let whole = false; !whole;) {
		slices.push(
			cpuMs(() => {
				whole = rewind.grow();
			})
		);
	}
	const seeks = Array.from({ length: SEEKS }, (_, i) => {
		const at = ((i * 7919) % (HOUR_MS / 1000)) * 1000;
		return cpuMs(() => momentOf(engine, rewind.at(at), { latest: rewind.latest, truth: true }));
	});
	const { id } = compiled.scenario;
	const all = slices.reduce((sum, one) => sum + one, 0);
	return [
		figure(`${id}: a seek, middle`, quantile(seeks, 0.5), null),
		figure(`${id}: a seek, 99 of 100`, quantile(seeks, 0.99), 100),
		figure(`${id}: playing the whole run once, in ${slices.length} slices`, all, null),
		figure(`${id}: its longest slice`, Math.max(...slices), null)
	];
}

function figure(what: string, measured: number, most: number | null): Figure {
	return { what, measured, unit: 'ms CPU', reference: null, target: most === null ? null : { of: 'measured', most } };
}

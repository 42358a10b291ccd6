// One policy's run of a scenario, as the studio draws it: alerts also while they only wait, states, moments, metrics.

import type { Engine, EngineState } from '../../engine/types.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import type { Policy } from '../../lab/policy.ts';
import { playerOf } from '../../lab/players.ts';
import { summarise } from '../../lab/result.ts';
import { simulate, type Simulated } from '../../lab/simulate.ts';
import type {
	StudioAlert,
	StudioMoment,
	StudioPlayer,
	StudioRun,
	StudioStay,
	StudioSystem
} from '../../protocol/studio.ts';
import { parseMetricTarget } from '../../scenario/units.ts';
import { truthAt, type World } from '../../world/index.ts';

/** How often alerts are looked at; rules are evaluated no more often than this by custom. */
const LOOK_MS = 15_000;

/** Of a run in which something goes round without end; one that ends has a few hundred. */
const MOST_EVENTS = 5_000;

/** What an author wrote cannot be played to its end; the message says why and how to mend it. */
export class Endless extends Error {
	override name = 'Endless';
}

/** Plays to the end. `alive` is asked now and then, and throws where nobody waits for the answer any more. */
export function playFor(
	engine: Engine,
	player: StudioPlayer,
	seed: string,
	system: StudioSystem,
	alive: () => void
): StudioRun {
	const alerts = new AlertWatch();
	const simulated = simulate(engine, {
		seed,
		policy: askedOften(playerOf(player, engine.compiled, seed)),
		onState: (state) => {
			alive();
			if (state.eventCount > MOST_EVENTS) throw new Endless(whereEndless(state));
			alerts.look(state);
		}
	});
	alerts.look(simulated.state);
	const { outcome, endedMs, impactMinutes, score } = summarise(engine, simulated);
	const { world } = engine.machinery(seed);
	return {
		player,
		seed,
		outcome,
		endedMs,
		impactMinutes,
		score,
		alerts: alerts.all(endedMs),
		stays: staysOf(simulated, engine),
		moments: simulated.events.flatMap((event) => momentOf(event)),
		series: Object.fromEntries(
			system.metrics.map(({ key }) => [key, seriesOf(world, simulated.state, key, system.grid, endedMs)])
		)
	};
}

function whereEndless({ world, simMs }: EngineState): string {
	const last = Object.entries(world.faults).toSorted(([, a], [, b]) => b.sinceMs - a.sinceMs)[0];
	const where = last ? ` (fault ${last[0]} was in "${last[1].state}" last)` : '';
	return `After ${Math.round(simMs / 60_000)} minutes more than ${MOST_EVENTS} things have happened${where}: two states lead to each other without end. Give one of their ways a time with \`after\`, or a condition that is not always true.`;
}

/** The same player, asked no more often than it wants to be; the run is looked at in between. */
function askedOften(policy: Policy): Policy {
	let due = 0;
	let asked = false;
	return {
		name: policy.name,
		decide: (view) => {
			asked = view.simMs >= due;
			return asked ? policy.decide(view) : [];
		},
		answered: (body, refusal) => policy.answered(body, refusal),
		wakeAt: (simMs) => {
			// As the simulation itself would leap: never less than a second, never more than a minute.
			if (asked) due = Math.max(simMs + 1000, Math.min(policy.wakeAt(simMs), simMs + 60_000));
			return Math.min(due, Math.floor(simMs / LOOK_MS) * LOOK_MS + LOOK_MS);
		}
	};
}

class AlertWatch {
	#active = new Map<string, StudioAlert>();
	#over: StudioAlert[] = [];

	look({ rules, simMs }: EngineState): void {
		const seen = new Set<string>();
		for (const [rule, instances] of Object.entries(rules.alerts)) {
			for (const [signature, alert] of Object.entries(instances)) {
				const key = `${rule} ${signature} ${alert.activeAtMs}`;
				seen.add(key);
				const known = this.#active.get(key);
				if (known) known.firedMs ??= alert.firedAtMs;
				else {
					this.#active.set(key, {
						name: alert.labels.alertname ?? rule,
						service: alert.labels.service ?? '',
						level: alert.labels.severity ?? '',
						pendingMs: alert.activeAtMs,
						firedMs: alert.firedAtMs,
						endedMs: null
					});
				}
			}
		}
		for (const [key, alert] of this.#active) {
			if (seen.has(key)) continue;
			this.#active.delete(key);
			this.#over.push({ ...alert, endedMs: simMs });
		}
	}

	/** In the order in which they began; what lasts longer than the run has no end. */
	all(endedMs: number): StudioAlert[] {
		return [...this.#over, ...this.#active.values()]
			.filter(({ pendingMs }) => pendingMs <= endedMs)
			.sort((a, b) => a.pendingMs - b.pendingMs || (a.name < b.name ? -1 : 1));
	}
}

function staysOf({ events }: Simulated, engine: Engine): StudioStay[] {
	const { faults } = engine.compiled.scenario;
	const initial = faults.map(({ id, initial: state, begins, states }): StudioStay => ({
		fault: id,
		state,
		phase: states[state]?.phase ?? 'healthy',
		fromMs: begins,
		because: 'it begins here'
	}));
	const moved = events.flatMap((event): StudioStay[] => {
		if (event.type !== 'fault.transitioned') return [];
		const { faultId, to, phase, because } = event.payload;
		return [{ fault: faultId, state: to, phase, fromMs: event.simMs ?? 0, because }];
	});
	return [...initial, ...moved];
}

function momentOf(event: IncidentEvent): StudioMoment[] {
	const atMs = event.simMs ?? 0;
	switch (event.type) {
		case 'inject.delivered':
			return [
				{ atMs, kind: 'inject', title: `${event.payload.from} (${event.payload.channel})`, detail: event.payload.text }
			];
		case 'mitigation.started':
			return [{ atMs, kind: 'action', title: event.payload.name, detail: event.payload.command }];
		case 'incident.declared':
			return [{ atMs, kind: 'milestone', title: `Declared ${event.payload.severity}`, detail: event.payload.title }];
		case 'status.changed':
			return [{ atMs, kind: 'milestone', title: `Status: ${event.payload.to}`, detail: event.payload.note }];
		case 'change.deployed':
			return [{ atMs, kind: 'change', title: event.payload.title, detail: event.payload.service }];
		case 'impact.started':
			return [{ atMs, kind: 'milestone', title: 'Customers begin to suffer', detail: '' }];
		case 'impact.ended':
			return [{ atMs, kind: 'milestone', title: 'Customers are well again', detail: '' }];
		default:
			return [];
	}
}

/** Values on the grid until the run ends, to four digits; one number where nothing moves. */
function seriesOf(
	world: World,
	state: EngineState,
	key: string,
	{ fromMs, stepMs, points }: StudioSystem['grid'],
	endedMs: number
): number | number[] {
	const target = parseMetricTarget(key);
	if (!target) return 0;
	const values: number[] = [];
	for (let i = 0; i < points && fromMs + i * stepMs <= endedMs; i++) {
		values.push(Number(truthAt(world, state.world, target, fromMs + i * stepMs).toPrecision(4)));
	}
	const [first] = values;
	return first !== undefined && values.every((value) => value === first) ? first : values;
}

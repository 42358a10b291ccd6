import type { MetricTarget } from '../scenario/condition.ts';
import type { Effect, FaultStateSpec } from '../scenario/scenario.schema.ts';
import { baselineOf } from './baseline.ts';
import { strain } from './derived.ts';
import { metricKey, parseMetricKey } from './metric-key.ts';
import { truthAt } from './truth.ts';
import type { Curve, FaultStatus, WorldState } from './types.ts';
import type { World } from './world.ts';

/** Entering one of these, a fault lets go of every metric that the state does not mention. */
const RECOVERED: readonly string[] = ['healthy', 'mitigated', 'resolved'];
/** Counts do not glide back to what they were. */
const COUNTED: readonly string[] = ['up', 'ready', 'replicas'];

/** The spec of a fault's state. Throws where the scenario has none: names are checked when it is loaded. */
export function stateSpec(world: World, faultId: string, stateId: string): FaultStateSpec {
	const fault = world.compiled.scenario.faults.find((each) => each.id === faultId);
	const state = fault?.states[stateId];
	if (state === undefined) throw new Error(`no state ${stateId} of fault ${faultId}`);
	return state;
}

/**
 * A fault enters a state at `tMs`: its effects begin there by the rules of composition (later beats earlier, shapes start
 * from the current value, a recovered state relaxes what it does not mention), its lines and broken instruments with it.
 */
export function enterState(world: World, state: WorldState, faultId: string, stateId: string, tMs: number): WorldState {
	const spec = stateSpec(world, faultId, stateId);
	const cause = `fault:${faultId}`;
	const before = state.faults[faultId];
	const begun = beginEffects(world, state, cause, spec.effects, tMs);
	const mentioned = new Set(spec.effects.map((effect) => metricKey(effect.metric)));
	let curves = begun.curves;
	if (RECOVERED.includes(spec.phase)) {
		for (const key of before?.touched ?? []) {
			if (!mentioned.has(key)) curves = withCurve(curves, key, relaxing(world, state, key, cause, tMs));
		}
	}
	return {
		...begun,
		...besides(state, spec, cause, tMs),
		curves,
		faults: withStatus(state, faultId, stateId, spec, mentioned, tMs)
	};
}

/** Enters the initial state of every fault that has begun by simulated time 0, at the time it began. */
export function enterInitialStates(world: World, state: WorldState): WorldState {
	return world.compiled.scenario.faults
		.filter((fault) => fault.begins <= 0)
		.toSorted((a, b) => a.begins - b.begins)
		.reduce((entered, fault) => enterState(world, entered, fault.id, fault.initial, fault.begins), state);
}

/** Lets effects begin at `tMs`, named by their cause. */
export function beginEffects(
	world: World,
	state: WorldState,
	cause: string,
	effects: readonly Effect[],
	tMs: number
): WorldState {
	let curves = state.curves;
	for (const effect of effects) {
		curves = withCurve(curves, metricKey(effect.metric), toCurve(world, state, cause, effect, tMs));
	}
	return curves === state.curves ? state : { ...state, curves };
}

/** Ends what a cause began, where nothing later has taken its place: what lay beneath goes on, or the baseline returns. */
export function endEffects(world: World, state: WorldState, cause: string, tMs: number): WorldState {
	let curves = state.curves;
	for (const [key, list] of Object.entries(state.curves)) {
		if (list.at(-1)?.cause !== cause) continue;
		const beneath = list.findLast((curve) => curve.cause !== cause);
		const next = beneath === undefined ? relaxing(world, state, key, cause, tMs) : { ...beneath, atMs: tMs };
		curves = withCurve(curves, key, next);
	}
	return curves === state.curves ? state : { ...state, curves };
}

/** From now on these keys relax whenever a fault recovers: side effects of mitigations end with the incident. */
export function adopt(state: WorldState, effects: readonly Effect[]): WorldState {
	if (effects.length === 0) return state;
	const keys = effects.map((effect) => metricKey(effect.metric));
	const faults = Object.entries(state.faults).map(([id, status]) => [
		id,
		{ ...status, touched: [...new Set([...status.touched, ...keys])] }
	]);
	return { ...state, faults: Object.fromEntries(faults) };
}

function besides(state: WorldState, spec: FaultStateSpec, cause: string, tMs: number) {
	const close = <T extends { untilMs: number | null; cause: string }>(each: T): T =>
		each.cause === cause && each.untilMs === null ? { ...each, untilMs: tMs } : each;
	return {
		logs: [...state.logs.map(close), ...spec.logs.map((line) => ({ line, fromMs: tMs, untilMs: null, cause }))],
		instruments: [
			...state.instruments.map(close),
			...spec.instruments.map((instrument) => ({ spec: instrument, fromMs: tMs, untilMs: null, cause }))
		]
	};
}

function withStatus(
	state: WorldState,
	faultId: string,
	stateId: string,
	spec: FaultStateSpec,
	mentioned: ReadonlySet<string>,
	tMs: number
): Record<string, FaultStatus> {
	const before = state.faults[faultId];
	const status: FaultStatus = {
		state: stateId,
		phase: spec.phase,
		sinceMs: tMs,
		visited: [...new Set([...(before?.visited ?? []), stateId])],
		touched: [...new Set([...(before?.touched ?? []), ...mentioned])]
	};
	return { ...state.faults, [faultId]: status };
}

function relaxing(world: World, state: WorldState, key: string, cause: string, tMs: number): Curve {
	const target = parseMetricKey(key);
	const base = baselineOf(world, target.service, target.metric);
	const counted = COUNTED.includes(target.metric);
	return {
		...blank(cause, tMs),
		shape: counted ? 'step' : 'relax',
		from: currentValue(world, state, target, tMs),
		to: base
	};
}

/** Where a curve starts from: what is now, less what the service's own strain adds to any curve. */
function currentValue(world: World, state: WorldState, target: MetricTarget, tMs: number): number {
	const value = truthAt(world, state, target, tMs);
	if (target.metric !== 'latency') return value;
	return value - (strain(world, state, target.service, target.where)?.(tMs) ?? 0);
}

function toCurve(world: World, state: WorldState, cause: string, effect: Effect, tMs: number): Curve {
	const current = currentValue(world, state, effect.metric, tMs);
	const curve: Curve = { ...blank(cause, tMs), from: current, to: current, failing: effect.failing ?? null };
	if (effect.step) return { ...curve, shape: 'step', to: effect.step.to };
	if (effect.ramp) return { ...curve, shape: 'ramp', to: effect.ramp.to, spanMs: effect.ramp.over };
	if (effect.leak) {
		const rise = effect.leak.to - (effect.leak.from ?? current);
		return { ...curve, shape: 'leak', to: current + rise, spanMs: effect.leak.over };
	}
	if (effect.saturate) return { ...curve, shape: 'saturate', to: effect.saturate.to, spanMs: effect.saturate.over };
	if (effect.decay) return { ...curve, shape: 'decay', to: effect.decay.to, spanMs: effect.decay.over };
	if (effect.spike) return { ...curve, shape: 'spike', to: effect.spike.to, spanMs: effect.spike.over };
	if (effect.sawtooth) return { ...curve, shape: 'sawtooth', ...between(effect.sawtooth) };
	if (effect.oscillate) return { ...curve, shape: 'oscillate', ...between(effect.oscillate) };
	if (effect.flap) return { ...curve, shape: 'flap', ...between(effect.flap), extra: effect.flap.on };
	if (effect.jitter) return { ...curve, shape: 'jitter', from: effect.jitter.around, extra: effect.jitter.by };
	if (effect.cascade) {
		const { from, share, delay } = effect.cascade;
		return { ...curve, shape: 'cascade', source: metricKey(from), extra: share, delayMs: delay };
	}
	if (effect.flatline) return { ...curve, shape: 'flatline', from: effect.flatline.at, to: effect.flatline.at };
	if (effect.accumulate) return { ...curve, shape: 'accumulate', extra: effect.accumulate.per_minute };
	throw new Error(`an effect on ${metricKey(effect.metric)} has no shape`);
}

function between(shape: { low: number; high: number; every: number }) {
	return { from: shape.low, to: shape.high, spanMs: shape.every };
}

function blank(cause: string, tMs: number): Curve {
	return {
		atMs: tMs,
		originMs: tMs,
		shape: 'step',
		from: 0,
		to: 0,
		spanMs: 0,
		extra: 0,
		source: null,
		delayMs: 0,
		failing: null,
		cause
	};
}

/** Adds a curve, keeping the order of time; one that begins at the same moment as another comes after it. */
function withCurve(curves: Record<string, Curve[]>, key: string, curve: Curve): Record<string, Curve[]> {
	const list = [...(curves[key] ?? []), curve].sort((a, b) => a.atMs - b.atMs);
	return { ...curves, [key]: list };
}

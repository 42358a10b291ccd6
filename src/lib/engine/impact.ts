import { TRUTH } from '../incident/actor.ts';
import type { MetricTarget } from '../scenario/condition.ts';
import type { Scenario } from '../scenario/scenario.schema.ts';
import { metricHandle, remember, type MetricHandle, type WorldState } from '../world/index.ts';
import { compare } from './conditions.ts';
import type { Machinery, Run } from './run.ts';
import { written } from './templates.ts';
import type { EngineState, ImpactState, Latch, SliState } from './types.ts';

/** Impact is believed when it has lasted so long, and over when it has been gone for so long. */
const IMPACT_ON_MS = 3_000;
const IMPACT_OFF_MS = 60_000;
/** A change of the share is told at most so often, and only from half a point on. */
const TOLD_EVERY_MS = 15_000;
const TOLD_FROM = 0.005;
const SLI_ON_MS = 3_000;
const SLI_OFF_MS = 60_000;

/** Share of users affected at a moment, 0..1: the worst of what the scenario lists. */
export function shareAt(machinery: Machinery, state: EngineState, tMs: number): number {
	return gauges(machinery, state.world).share(tMs);
}

/** Follows impact and service levels, second by second, from where they were last looked at until now. */
export function followImpact(run: Run): void {
	if (run.state.impact.lastMs >= run.now) return;
	const { share, slis } = gauges(run.machinery, run.state.world);
	// Copies of our own, moved on in place: a run is followed through thousands of seconds in which nothing turns.
	const impact = { ...run.state.impact };
	const levels = slis.map((sli) => ({ sli, level: { ...(run.state.slis[sli.id] ?? UNBROKEN) } }));
	let breached = false;
	while (impact.lastMs < run.now) {
		const t = impact.lastMs + 1000;
		followShare(run, impact, share(t), t);
		for (const { sli, level } of levels) breached = followSli(run, sli, level, t) || breached;
	}
	run.state.impact = impact;
	if (breached) run.state.slis = Object.fromEntries(levels.map(({ sli, level }) => [sli.id, level]));
}

const UNBROKEN: SliState = { onMs: null, turningMs: null, breachMinutes: 0 };

function followShare(run: Run, impact: ImpactState, share: number, t: number): void {
	const before = impact.onMs;
	const turningMs = impact.turningMs;
	const affectedUntil = impact.affectedMinutes;
	impact.share = share;
	impact.affectedMinutes += share / 60;
	impact.lastMs = t;
	turn(impact, share > 0, t, IMPACT_ON_MS, IMPACT_OFF_MS);
	if (impact.turningMs === t) impact.affectedBefore = affectedUntil;
	if (impact.onMs !== null && before === null) {
		told(impact, share, t);
		tellHidden(run, { type: 'impact.started', payload: { share } }, impact.onMs);
	} else if (impact.onMs === null && before !== null) {
		told(impact, 0, t);
		tellHidden(run, { type: 'impact.ended', payload: { affectedMinutes: impact.affectedBefore } }, turningMs ?? t);
	} else if (before !== null && t - impact.toldMs >= TOLD_EVERY_MS && Math.abs(share - impact.toldShare) >= TOLD_FROM) {
		told(impact, share, t);
		tellHidden(run, { type: 'impact.changed', payload: { share, affectedMinutes: impact.affectedMinutes } }, t);
	}
}

function told(impact: ImpactState, share: number, t: number): void {
	impact.toldShare = share;
	impact.toldMs = t;
}

/** Tells whether anything about the service level moved. */
function followSli(run: Run, sli: Gauges['slis'][number], level: SliState, t: number): boolean {
	const value = sli.at(t);
	const breached = !compare(value, sli.op, sli.objective);
	if (!breached && level.onMs === null && level.turningMs === null) return false;
	const before = level.onMs;
	const turningMs = level.turningMs;
	turn(level, breached, t, SLI_ON_MS, SLI_OFF_MS);
	if (breached) level.breachMinutes += 1 / 60;
	if (level.onMs !== null && before === null) {
		const objective = `${sli.name} (${sli.metric.service} ${sli.metric.metric.replaceAll('_', ' ')} ${sli.op} ${objectiveText(sli)})`;
		tellHidden(run, { type: 'sli.breached', payload: { sli: sli.id, objective, value } }, level.onMs);
	} else if (level.onMs === null && before !== null) {
		tellHidden(run, { type: 'sli.restored', payload: { sli: sli.id, value } }, turningMs ?? t);
	}
	return true;
}

/** Moves a latch: it turns when the opposite has held for `onMs` or `offMs`, dated to when that began. */
function turn(latch: Latch, on: boolean, t: number, onMs: number, offMs: number): void {
	if (on === (latch.onMs !== null)) {
		latch.turningMs = null;
		return;
	}
	const since = latch.turningMs ?? t;
	if (t - since < (on ? onMs : offMs)) latch.turningMs = since;
	else {
		latch.onMs = on ? since : null;
		latch.turningMs = null;
	}
}

type SliSpec = Scenario['slis'][number];

/** What impact and service levels are read off, for one state of the world. */
interface Gauges {
	share(tMs: number): number;
	slis: (SliSpec & { at: MetricHandle })[];
}

function gauges({ compiled, world }: Machinery, state: WorldState): Gauges {
	return remember(world, state, 'gauges', () => {
		const handle = ({ service, where, metric }: MetricTarget) => metricHandle(world, state, service, where, metric);
		const impacts = compiled.scenario.impact.map(({ metric, factor, floor, full }) => {
			const at = handle(metric);
			if (full === undefined) return (t: number) => (at(t) >= floor ? factor * at(t) : 0);
			// Where people suffer below the floor rather than above it, `full` is the smaller of the two.
			const span = full - floor;
			if (span === 0) return (t: number) => (at(t) >= full ? factor : 0);
			return (t: number) => (factor * (at(t) - floor)) / span;
		});
		return {
			share: (t) => {
				let worst = 0;
				for (const impact of impacts) worst = Math.max(worst, impact(t));
				return Math.min(1, worst);
			},
			slis: compiled.scenario.slis.map((sli) => ({ ...sli, at: handle(sli.metric) }))
		};
	});
}

/** A share of a scenario's own metric is told in percent as well: no other objective lies between 0 and 1. */
function objectiveText({ metric, objective }: SliSpec): string {
	const text = written(metric.metric, objective);
	return /%|s$/.test(text) || objective <= 0 || objective >= 1 ? text : written('errors', objective);
}

function tellHidden(run: Run, body: Parameters<Run['tell']>[0], simMs: number): void {
	run.tell(body, { audience: TRUTH, simMs, causedBy: null });
}

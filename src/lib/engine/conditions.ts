import { exhaustive } from '../incident/exhaustive.ts';
import { holderOf } from '../incident/seats.ts';
import { SEVERITIES } from '../incident/severity.ts';
import type { Comparator, Condition, MetricTarget } from '../scenario/condition.ts';
import { truthAt } from '../world/index.ts';
import type { Machinery } from './run.ts';
import type { EngineState } from './types.ts';

/** Whether a metric condition has held for its time; asked only where it holds now. */
type HeldFor = (condition: Extract<Condition, { type: 'metric' }>, tMs: number) => boolean;

/**
 * Whether an author's condition holds at the state's second. `for` is answered by looking back in the truth, so it needs
 * nothing that was kept.
 */
export function conditionHoldsIn(
	machinery: Machinery,
	state: EngineState,
	condition: Condition,
	memory?: HeldMemory
): boolean {
	return holds(machinery, state, condition, lookingBack(machinery, state, memory));
}

/**
 * What looking back found for the timed conditions of one run. The past of a run never changes, so that what held at a second
 * held; only good for one run, asked at ever later seconds.
 */
export class HeldMemory {
	/** The stretch, both ends included, in which a condition is known to hold; `broken` where it did not just before. */
	readonly known = new WeakMap<Condition, { fromMs: number; toMs: number; broken: boolean }>();
}

/** Tests a condition, with `heldFor` answering for the timed ones. */
export function holds(machinery: Machinery, state: EngineState, condition: Condition, heldFor: HeldFor): boolean {
	const { incident, simMs } = state;
	switch (condition.type) {
		case 'metric':
			return metricHolds(machinery, state, condition, simMs) && (condition.forMs <= 0 || heldFor(condition, simMs));
		case 'state':
			return faultsOf(state, condition.fault).some((fault) => fault.state === condition.state);
		case 'visited':
			return faultsOf(state, condition.fault).some((fault) => fault.visited.includes(condition.state));
		case 'action':
			return state.actionsDone[condition.id] !== undefined;
		case 'evidence':
			return state.evidenceSeen[condition.id] !== undefined;
		case 'elapsed':
			return compare(simMs, condition.op, condition.ms);
		case 'clock':
			return compare(minutesOfFirstDay(machinery, simMs), condition.op, condition.minutes);
		case 'severity':
			return (
				incident.severity !== null &&
				compare(SEVERITIES.indexOf(incident.severity), condition.op, SEVERITIES.indexOf(condition.severity))
			);
		case 'role':
			return holderOf(incident, condition.role) !== null || incident.roles[condition.role].bot;
		case 'comms':
			return compare(published(state, condition.audience), condition.op, condition.count);
		case 'declared':
			return incident.declared !== null;
		case 'status':
			return incident.status === condition.status;
		case 'alert':
			return incident.alerts.some((alert) => alert.name === condition.name && alert.resolvedAt === null);
		case 'acknowledged':
			return incident.alerts.some((alert) => alert.name === condition.name && alert.acknowledged !== null);
		case 'answered':
			return isAnswered(machinery, state, condition.id);
		case 'handoff_complete':
			return (
				incident.handoffs.length > 0 &&
				incident.handoffs.every((handoff) => handoff.items.every((item) => item.acknowledgedAt !== null))
			);
		case 'and':
			return condition.all.every((each) => holds(machinery, state, each, heldFor));
		case 'or':
			return condition.any.some((each) => holds(machinery, state, each, heldFor));
		case 'not':
			return !holds(machinery, state, condition.not, heldFor);
		default:
			return exhaustive(condition);
	}
}

export interface TimedPart {
	key: string;
	condition: Extract<Condition, { type: 'metric' }>;
}

/** Every timed part of a condition, with a key that tells it from the other parts of the same condition. */
export function timedParts(condition: Condition, key: string): TimedPart[] {
	switch (condition.type) {
		case 'metric':
			return condition.forMs > 0 ? [{ key, condition }] : [];
		case 'and':
			return condition.all.flatMap((each, i) => timedParts(each, `${key}.${i}`));
		case 'or':
			return condition.any.flatMap((each, i) => timedParts(each, `${key}.${i}`));
		case 'not':
			return timedParts(condition.not, `${key}.0`);
		default:
			return [];
	}
}

/** Whether the comparison of a metric condition is true at a moment. */
export function metricHolds(
	{ world }: Machinery,
	state: EngineState,
	condition: { target: MetricTarget; op: Comparator; value: number },
	tMs: number
): boolean {
	return compare(truthAt(world, state.world, condition.target, tMs), condition.op, condition.value);
}

export function compare(value: number, op: Comparator, limit: number): boolean {
	switch (op) {
		case '<':
			return value < limit;
		case '<=':
			return value <= limit;
		case '>':
			return value > limit;
		case '>=':
			return value >= limit;
		case '==':
			return value === limit;
		case '!=':
			return value !== limit;
	}
}

/** Minutes since local midnight of the day on which the run begins. */
export function minutesOfFirstDay({ compiled, world }: Machinery, simMs: number): number {
	const local = compiled.startsAt + world.zoneOffsetMs;
	const sinceMidnight = ((local % 86_400_000) + 86_400_000) % 86_400_000;
	return (sinceMidnight + simMs) / 60_000;
}

function lookingBack(machinery: Machinery, state: EngineState, memory?: HeldMemory): HeldFor {
	return (condition, tMs) => {
		const before = memory?.known.get(condition);
		const sinceMs = tMs - condition.forMs;
		let broken = false;
		let t = tMs - 1000;
		while (t >= sinceMs && !broken) {
			if (before && t <= before.toMs && t >= before.fromMs) {
				broken = before.broken;
				t = before.fromMs - 1000;
			} else if (metricHolds(machinery, state, condition, t)) t -= 1000;
			else broken = true;
		}
		memory?.known.set(condition, { fromMs: t + 1000, toMs: tMs, broken });
		return t < sinceMs;
	};
}

function faultsOf(state: EngineState, fault: string | null) {
	if (fault === null) return Object.values(state.world.faults);
	const status = state.world.faults[fault];
	return status === undefined ? [] : [status];
}

/** The question of an inject is known by who asked it, and when. */
function isAnswered({ compiled }: Machinery, { incident, injects }: EngineState, injectId: string): boolean {
	const deliveredMs = injects[injectId]?.deliveredMs ?? null;
	const from = compiled.scenario.injects.find(({ id }) => id === injectId)?.from;
	if (deliveredMs === null) return false;
	const at = compiled.startsAt + deliveredMs;
	return incident.questions.some((asked) => asked.answer !== null && asked.from === from && asked.at === at);
}

/** Updates published on a channel; of `stakeholders`, questions that were answered. */
function published({ incident }: EngineState, audience: string): number {
	if (audience === 'stakeholders') return incident.questions.filter((question) => question.answer !== null).length;
	const updates = incident.updates.filter((update) => update.channel === audience).length;
	const answers = incident.questions.filter((q) => q.answer !== null && q.channel === audience).length;
	return updates + answers;
}

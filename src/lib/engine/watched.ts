import type { Condition } from '../scenario/condition.ts';
import { holds, metricHolds, timedParts, type TimedPart } from './conditions.ts';
import type { Run } from './run.ts';

/** A condition that is tested every second while something waits for it. */
export interface Watched {
	key: string;
	condition: Condition;
}

const parts = new WeakMap<Condition, TimedPart[]>();

/** The timed parts of a condition, found once: it is asked every second, always under the same key. */
function partsOf({ key, condition }: Watched): readonly TimedPart[] {
	let found = parts.get(condition);
	if (found === undefined || (found[0] !== undefined && !found[0].key.startsWith(key))) {
		found = timedParts(condition, key);
		parts.set(condition, found);
	}
	return found;
}

/** Notes since when the timed parts of a condition hold, and tells whether the whole holds now. */
export function watch(run: Run, watched: Watched): boolean {
	const { machinery, state } = run;
	const timed = partsOf(watched);
	if (timed.length === 0) return holds(machinery, state, watched.condition, () => true);
	const since = new Map<object, number>();
	for (const part of timed) {
		if (!metricHolds(machinery, state, part.condition, state.simMs)) forget(run, part.key);
		else {
			const begun = state.held[part.key] ?? state.simMs;
			if (state.held[part.key] === undefined) state.held = { ...state.held, [part.key]: begun };
			since.set(part.condition, begun);
		}
	}
	return holds(machinery, state, watched.condition, (part, tMs) => tMs - (since.get(part) ?? tMs) >= part.forMs);
}

/** Forgets since when conditions held, of every key that begins so. */
export function forget(run: Run, prefix: string): void {
	const keys = Object.keys(run.state.held).filter((key) => key === prefix || key.startsWith(`${prefix}.`));
	if (keys.length === 0) return;
	run.state.held = Object.fromEntries(Object.entries(run.state.held).filter(([key]) => !keys.includes(key)));
}

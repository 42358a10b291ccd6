import { truthAt } from '../world/index.ts';
import { stateSpec } from '../world/index.ts';
import { conditionHoldsIn } from './conditions.ts';
import { written } from './templates.ts';
import { shareAt } from './impact.ts';
import type { Engine, EngineState } from './types.ts';

/** What only a facilitator may see of a live run. Times are simulated milliseconds. */
export interface FacilitatorView {
	simMs: number;
	limitMs: number;
	faults: {
		faultId: string;
		state: string;
		phase: string;
		sinceMs: number;
		note: string;
		/** What leads on from here, as the scenario has it; `atMs` where time alone does. */
		next: { to: string; atMs: number | null; waits: boolean }[];
	}[];
	impact: { share: number; affectedMinutes: number; sinceMs: number | null };
	/** Service levels and what the end is measured by, live. */
	slis: { id: string; name: string; value: string; met: boolean }[];
	restored: { index: number; holds: boolean }[];
	injects: {
		injectId: string;
		channel: string;
		from: string;
		text: string;
		to: string | null;
		expected: string;
		status: 'waiting' | 'delivered' | 'skipped';
		dueMs: number | null;
		deliveredMs: number | null;
	}[];
	mitigations: {
		mitigationId: string;
		name: string;
		verdict: string;
		why: string;
		attempts: number;
		running: boolean;
	}[];
	hints: { step: number; text: string; given: boolean }[];
	rootCause: string;
	notes: string;
}

/** The truth of a live run, for the facilitator's panel. */
export function facilitatorView(engine: Engine, state: EngineState): FacilitatorView {
	const machinery = engine.machinery(state.seed);
	const { world } = machinery;
	const { scenario } = engine.compiled;
	const timers = state.queue.flatMap(({ atMs, task }) => (task.type === 'fault.timer' ? [{ atMs, ...task }] : []));
	return {
		simMs: state.simMs,
		limitMs: (state.settings.limitMinutes ?? scenario.minutes) * 60_000,
		faults: Object.entries(state.world.faults).map(([faultId, fault]) => {
			const spec = stateSpec(world, faultId, fault.state);
			return {
				faultId,
				state: fault.state,
				phase: fault.phase,
				sinceMs: fault.sinceMs,
				note: spec.note ?? '',
				next: spec.next.map(({ to, after }) => ({
					to,
					atMs: after === undefined ? null : (timers.find((timer) => timer.faultId === faultId)?.atMs ?? null),
					waits: after === undefined
				}))
			};
		}),
		impact: {
			share: shareAt(machinery, state, state.simMs),
			affectedMinutes: state.impact.affectedMinutes,
			sinceMs: state.impact.onMs
		},
		slis: scenario.slis.map(({ id, name, metric, op, objective }) => {
			const value = truthAt(world, state.world, metric, state.simMs);
			return {
				id,
				name,
				value: written(metric.metric, value),
				met: op === '<' ? value < objective : value > objective
			};
		}),
		restored: scenario.restored.map((condition, index) => ({
			index,
			holds: conditionHoldsIn(machinery, state, condition)
		})),
		injects: scenario.injects.map((inject) => ({
			injectId: inject.id,
			channel: inject.channel,
			from: inject.from,
			text: inject.text,
			to: inject.to ?? null,
			expected: inject.expected,
			...(state.injects[inject.id] ?? { status: 'waiting' as const, dueMs: null, deliveredMs: null })
		})),
		mitigations: scenario.mitigations.map(({ id, name, verdict, why }) => ({
			mitigationId: id,
			name,
			verdict,
			why,
			attempts: state.attempts[id] ?? 0,
			running: state.queue.some(({ task }) => task.type === 'mitigation.done' && task.mitigationId === id)
		})),
		hints: scenario.hints.map((text, index) => ({ step: index + 1, text, given: index < state.hintsGiven })),
		rootCause: scenario.truth.root_cause,
		notes: scenario.facilitator_notes
	};
}

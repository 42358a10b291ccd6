import type { LoggedCommand } from '../incident/command.ts';
import type { EventDraft, IncidentEvent } from '../incident/event.ts';
import { TRUTH } from '../incident/actor.ts';
import type { Engine, RunSettings } from '../engine/types.ts';
import { NOBODY } from './policy.ts';
import { replay } from './replay.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';
import type { Simulated } from './simulate.ts';

/** At most so many actions are taken out one by one; more would keep a crowded run from ending. */
const MOST_WITHOUT = 8;

/**
 * Re-simulates a finished run with one change each: nobody acts, the scenario's reference, and without each mitigation that
 * was not effective. Returns hidden `twin.computed` events, dated to the end of the run.
 */
export function computeTwins(
	engine: Engine,
	run: {
		seed: string;
		settings: RunSettings;
		commands: readonly LoggedCommand[];
		events: readonly IncidentEvent[];
		endedAt: number;
		endedMs: number;
	}
): EventDraft[] {
	const { scenario } = engine.compiled;
	const twin = (
		kind: 'none' | 'reference' | 'without',
		label: string,
		attemptId: string | null,
		simulated: Simulated
	): EventDraft => ({
		type: 'twin.computed',
		payload: { twin: kind, attemptId, label, ...futureOf(simulated) },
		occurredAt: run.endedAt,
		simMs: run.endedMs,
		actor: { kind: 'system', name: 'muster' },
		audience: TRUTH,
		causedBy: null
	});
	const twins = [
		twin('none', 'Nobody acts', null, simulate(engine, { seed: run.seed, policy: NOBODY, settings: run.settings })),
		twin(
			'reference',
			'Reference run',
			null,
			simulate(engine, { seed: run.seed, policy: new ScriptPolicy('ideal', scenario.ideal), settings: run.settings })
		)
	];
	for (const attempt of doubtfulAttempts(run.events).slice(0, MOST_WITHOUT)) {
		const commands = run.commands.filter((command) => command.n !== attempt.command);
		twins.push(twin('without', `Without "${attempt.name}"`, attempt.attemptId, replay(engine, { ...run, commands })));
	}
	return twins;
}

/** What a future amounts to, for comparison. Times in simulated milliseconds. */
export function futureOf(simulated: Simulated): {
	impactMinutes: number;
	resolved: boolean;
	mitigatedMs: number | null;
	endedMs: number;
} {
	const { state, events } = simulated;
	const ended =
		state.outcome !== null
			? (events.findLast((event) => event.type === 'run.ended')?.simMs ?? state.simMs)
			: state.simMs;
	const lastImpactEnd = events.findLast((event) => event.type === 'impact.ended' || event.type === 'impact.started');
	return {
		impactMinutes: state.impact.affectedMinutes,
		resolved: state.outcome === 'resolved',
		mitigatedMs: lastImpactEnd?.type === 'impact.ended' ? lastImpactEnd.simMs : null,
		endedMs: ended
	};
}

/** Mitigations that were carried out and did not help, with the command each came from. */
function doubtfulAttempts(events: readonly IncidentEvent[]): { attemptId: string; name: string; command: number }[] {
	const doubtful: { attemptId: string; name: string; command: number }[] = [];
	for (const event of events) {
		if (event.type !== 'mitigation.judged' || event.payload.verdict === 'effective') continue;
		const { attemptId } = event.payload;
		const started = events.find(
			(other) => other.type === 'mitigation.started' && other.payload.attemptId === attemptId
		);
		if (started?.type === 'mitigation.started' && started.causedBy !== null) {
			doubtful.push({ attemptId, name: started.payload.name, command: started.causedBy });
		}
	}
	return doubtful;
}

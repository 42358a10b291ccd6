import { conditionHoldsIn } from './conditions.ts';
import { judgeExpectations } from './expectations.ts';
import { MUSTER, type Run } from './run.ts';

type Reason = 'success' | 'host' | 'limit' | 'stood_down' | 'abandoned';

/** Whether the system is restored: every condition of the scenario holds. */
export function isRestored(run: Run): boolean {
	return run.machinery.compiled.scenario.restored.every((condition) =>
		conditionHoldsIn(run.machinery, run.state, condition)
	);
}

/** Ends the run where it is won or its time is over. A resolution that comes too early ends nothing. */
export function followEnd(run: Run): void {
	const { incident } = run.state;
	if (incident.status === 'resolved' && incident.declared !== null && isRestored(run))
		endRun(run, 'resolved', 'success');
	else if (incident.stoodDown && isRestored(run)) endRun(run, 'resolved', 'stood_down');
	else if (run.now >= limitMs(run)) endRun(run, 'unresolved', 'limit');
}

/** When the run ends by itself, in simulated milliseconds. */
export function limitMs(run: Run): number {
	return (run.state.settings.limitMinutes ?? run.machinery.compiled.scenario.minutes) * 60_000;
}

export function endRun(run: Run, outcome: 'resolved' | 'unresolved', reason: Reason): void {
	judgeExpectations(run);
	run.state.outcome = outcome;
	run.tell({ type: 'run.ended', payload: { outcome, reason, endedMs: run.now } }, { actor: MUSTER });
}

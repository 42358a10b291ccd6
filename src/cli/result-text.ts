import type { SimulationResult } from '../lib/lab/result.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';

/** A simulated run in words: milestones and alerts by the scenario's clock and as minutes into the run. */
export function resultText(result: SimulationResult, compiled: CompiledScenario): string {
	const { scenario, startsAt } = compiled;
	const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: scenario.clock.zone });
	const at = (simMs: number | null): string =>
		simMs === null ? '-' : `${clock.format(startsAt + simMs)}  (${minutes(simMs)})`;
	const { milestones } = result;
	const rows: [string, string][] = [
		['Impact begins', at(milestones.impactStartedMs)],
		['First alert', at(milestones.alertFiredMs)],
		['Acknowledged', at(milestones.acknowledgedMs)],
		['Declared', at(milestones.declaredMs)],
		['Mitigated', at(milestones.mitigatedMs)],
		['Resolved', at(milestones.resolvedMs)],
		['End', at(result.endedMs)]
	];
	const lines = [
		`${result.scenario}, seed ${result.seed}, policy ${result.policy}: ${result.outcome}`,
		...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
		`  ${'Impact'.padEnd(14)} ${result.impactMinutes.toFixed(2)} minutes of everybody`,
		`  ${'Score'.padEnd(14)} ${result.score === null ? '-' : Math.round(result.score)}`,
		...result.alerts.map((alert) => `  ${alertText(alert)}`),
		`  ${result.eventCount} events, state ${result.hash}`
	];
	return lines.join('\n');
}

function alertText({ name, labels, firedMs, resolvedMs }: SimulationResult['alerts'][number]): string {
	const on = labels.service === undefined ? '' : ` on ${labels.service}`;
	return `Alert ${name}${on}: fired ${minutes(firedMs)}, ${resolvedMs === null ? 'still firing' : `resolved ${minutes(resolvedMs)}`}`;
}

function minutes(ms: number): string {
	const seconds = Math.round(Math.abs(ms) / 1000);
	return `${ms < 0 ? '-' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

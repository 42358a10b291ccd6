import { SEVERITIES } from '../lib/incident/severity.ts';
import { targetsOf } from '../lib/analytics/settings.ts';
import type { SetStats, StatsOutput } from '../lib/analytics/stats-output.ts';

/** Figures as a table for a terminal. A dash stands where nothing can be computed. */
export function statsText(stats: StatsOutput): string {
	const { resolve } = targetsOf();
	const lines = [
		`${plural(stats.n, 'incident')}${stats.period.from === null ? '' : `, ${stats.period.from.slice(0, 10)} to ${stats.period.to?.slice(0, 10) ?? '-'}`}`,
		'',
		row(['', 'n', 'open', 'MTTR mean', 'median', 'p95', 'target', 'detection mean', 'median', 'p95']),
		...SEVERITIES.map((severity) => setRow(severity, stats.bySeverity[severity], resolve[severity])),
		setRow('all', stats.overall, null),
		'',
		'Minutes. MTTR: creation to resolution of those resolved. Detection: impact start to detection.',
		'',
		pair('Mean time between failures', stats.mtbfHours === null ? '-' : `${stats.mtbfHours.toFixed(1)} hours`),
		pair('Escalation rate', percent(stats.escalationRate)),
		pair('Repeat incident rate', percent(stats.repeatRate)),
		pair('Post-mortem completion', percent(stats.postmortemCompletion))
	];
	for (const { description, recommendation, specificIssues } of stats.opportunities) {
		lines.push('', `${description}. ${recommendation}.`);
		for (const { what, finding, incidents } of specificIssues.slice(0, 5)) {
			lines.push(`  ${what}: ${finding} (${named(incidents)})`);
		}
		if (specificIssues.length > 5) lines.push(`  … and ${specificIssues.length - 5} more`);
	}
	if (stats.refused.length > 0) {
		lines.push('', `${plural(stats.refused.length, 'row')} refused:`);
		for (const { line, code, message } of stats.refused.slice(0, 20)) lines.push(`  line ${line}: ${code}: ${message}`);
		if (stats.refused.length > 20) lines.push(`  … and ${stats.refused.length - 20} more; --json lists them all`);
	}
	return `${lines.join('\n')}\n`;
}

function setRow(name: string, set: SetStats, target: number | null): string {
	const { n, unresolved, mttrMinutes: mttr, detectionMinutes: detection } = set;
	const numbers = [mttr.mean, mttr.median, mttr.p95, target, detection.mean, detection.median, detection.p95];
	return row([name, String(n), String(unresolved), ...numbers.map(minutes)]);
}

const WIDTHS = [4, 7, 6, 11, 9, 9, 8, 16, 9, 9];

function row(cells: readonly string[]): string {
	return cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0))).join('');
}

function minutes(value: number | null): string {
	return value === null ? '-' : value.toFixed(Math.abs(value) >= 1000 ? 0 : 1);
}

function percent(share: number | null): string {
	return share === null ? '-' : `${(share * 100).toFixed(1)} %`;
}

function pair(name: string, value: string): string {
	return `${name.padEnd(28)}${value}`;
}

function named(ids: readonly string[]): string {
	return ids.length > 6 ? `${ids.slice(0, 6).join(', ')} and ${ids.length - 6} more` : ids.join(', ');
}

function plural(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

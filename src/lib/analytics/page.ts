/** What the page of figures shows: the report of the filtered incidents, every point, curves, and one comparison. */
import { compare, type Comparison } from './compare.ts';
import { resolution, type IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';
import { within, type Period } from './period.ts';
import { reportOf, type OriginChoice, type Report } from './report.ts';
import type { AnalyticsSettings, Targets } from './settings.ts';
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import { kaplanMeier, type SurvivalPoint } from './stats/survival.ts';

export const COMPARE_CHOICES = ['none', 'attempts', 'teams', 'date'] as const;
export type CompareChoice = (typeof COMPARE_CHOICES)[number];

export interface Filters {
	/** Days back from now; null for everything on record. */
	days: number | null;
	origin: OriginChoice;
	team: string;
	service: string;
	severity: Severity | '';
	scenario: string;
	compare: CompareChoice;
	/** `2026-03-14`, for before and after. */
	date: string;
}

/** An incident as the page lists it. */
export interface ListedIncident {
	id: string;
	key: string;
	title: string;
	origin: 'practice' | 'real';
	severity: Severity | null;
	at: number;
	minutes: number | null;
	ended: boolean;
	causeClass: string | null;
	services: string[];
	team: string | null;
	scenario: string | null;
	attempt: number | null;
	corrected: boolean;
}

export interface InsightsData {
	report: Report;
	/** In the period, the latest first. */
	incidents: ListedIncident[];
	curves: { origin: 'practice' | 'real'; severity: Severity; points: SurvivalPoint[] }[];
	comparison: { origin: 'practice' | 'real'; result: Comparison } | null;
	/** What can be chosen, from everything on record. */
	choices: { teams: string[]; services: string[]; scenarios: string[] };
}

export function insightsOf(
	all: readonly IncidentFacts[],
	{ filters, now, settings, targets }: { filters: Filters; now: number; settings: AnalyticsSettings; targets: Targets }
): InsightsData {
	const chosen = all.filter((row) => passes(row, filters));
	const first = chosen.reduce((least, { at }) => Math.min(least, at ?? least), now);
	const period: Period = { from: filters.days === null ? first : now - filters.days * 86_400_000, to: now };
	const rows = within(chosen, period);
	return {
		report: reportOf(chosen, { period, origin: filters.origin, settings, targets }),
		incidents: inOrder(rows)
			.filter(({ origin }) => filters.origin === 'all' || origin === filters.origin)
			.map((row) => listed(row, now))
			.reverse(),
		curves: (['real', 'practice'] as const).flatMap((origin) =>
			SEVERITIES.map((severity) => ({
				origin,
				severity,
				points: kaplanMeier(
					rows
						.filter((row) => row.origin === origin && row.severity === severity)
						.flatMap((row) => resolution(row, now) ?? [])
				)
			}))
		),
		comparison: comparisonOf(rows, filters, now),
		choices: {
			teams: names(all.map(({ team }) => team)),
			services: names(all.flatMap(({ services }) => services)),
			scenarios: names(all.map(({ drill }) => drill?.scenario ?? null))
		}
	};
}

function passes(row: IncidentFacts, { team, service, severity, scenario }: Filters): boolean {
	return (
		(team === '' || row.team === team) &&
		(service === '' || row.services.includes(service)) &&
		(severity === '' || row.severity === severity) &&
		(scenario === '' || row.drill?.scenario === scenario)
	);
}

function listed(row: IncidentFacts, now: number): ListedIncident {
	const { id, key, title, origin, severity, causeClass, services, team, drill, corrected } = row;
	const lasted = resolution(row, now);
	return {
		id,
		key,
		title,
		origin,
		severity,
		at: row.at ?? 0,
		minutes: lasted?.minutes ?? null,
		ended: lasted?.ended ?? false,
		causeClass,
		services,
		team,
		scenario: drill?.scenario ?? null,
		attempt: drill?.attempt ?? null,
		corrected
	};
}

/** Practice and real are compared apart; where both are asked for, practice, since it can be compared like with like. */
function comparisonOf(
	rows: readonly IncidentFacts[],
	{ compare: choice, date, origin }: Filters,
	now: number
): InsightsData['comparison'] {
	if (choice === 'none') return null;
	const of = origin === 'real' && choice !== 'attempts' ? 'real' : 'practice';
	const mine = rows.filter((row) => row.origin === of);
	if (choice === 'attempts') {
		const groupOf = ({ drill }: IncidentFacts) =>
			drill?.attempt == null ? null : drill.attempt === 1 ? 'First attempts' : 'Later attempts';
		return { origin: of, result: compare(mine, ['First attempts', 'Later attempts'], groupOf, now) };
	}
	// Who has played a scenario before knows its answer: only first attempts are alike.
	const first = mine.filter(({ drill }) => drill === null || drill.attempt === 1);
	if (choice === 'teams') {
		return { origin: of, result: compare(first, names(first.map(({ team }) => team)), ({ team }) => team, now) };
	}
	const at = Date.parse(`${date}T00:00:00Z`);
	if (Number.isNaN(at)) return null;
	const groups = [`Before ${date}`, `From ${date} on`] as const;
	return { origin: of, result: compare(first, groups, (row) => ((row.at ?? 0) < at ? groups[0] : groups[1]), now) };
}

function names(given: readonly (string | null)[]): string[] {
	return [...new Set(given.filter((name): name is string => name !== null && name !== ''))].sort((a, b) =>
		a.localeCompare(b, 'en')
	);
}

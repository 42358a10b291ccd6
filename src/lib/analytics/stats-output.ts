/** The figures of a set of incidents as `muster stats --json` prints them. Null where nothing can be computed; never NaN. */
import type { Severity } from '../incident/severity.ts';
import { detectionMinutes, resolution, resolveMinutes, type IncidentFacts } from './facts.ts';
import { inOrder } from './order.ts';
import { opportunities, type OpportunityType } from './opportunities.ts';
import { escalationShare, mtbfHours, postmortemShare, repeatShare } from './rates.ts';
import { findRepeats } from './repeats.ts';
import { targetsOf } from './settings.ts';
import { kaplanMeier, type Observation } from './stats/survival.ts';
import { timesOf } from './times.ts';
import type { RefusedRow } from './csv/incidents.ts';

export interface MeanMedianP95 {
	mean: number | null;
	median: number | null;
	p95: number | null;
}

export interface SetStats {
	n: number;
	unresolved: number;
	mttrMinutes: MeanMedianP95;
	detectionMinutes: MeanMedianP95;
}

export interface StatsOutput {
	/** First start and the time up to which unresolved incidents are known to have gone on; ISO 8601, UTC. */
	period: { from: string | null; to: string | null };
	n: number;
	bySeverity: Record<Severity, SetStats>;
	overall: SetStats;
	mtbfHours: number | null;
	escalationRate: number | null;
	repeatRate: number | null;
	postmortemCompletion: number | null;
	/** Kaplan-Meier over creation to resolution, unresolved ones censored: at every time at which one ended or was last seen. */
	survival: { minutes: number; survival: number; atRisk: number }[];
	opportunities: {
		type: OpportunityType;
		description: string;
		recommendation: string;
		incidents: string[];
		specificIssues: { what: string; finding: string; incidents: string[] }[];
	}[];
	refused: RefusedRow[];
}

export interface StatsOptions {
	/** Until when the unresolved are known to have gone on, epoch ms. */
	asOf: number;
	due: readonly Severity[];
	repeatWindowDays: number;
	refused?: RefusedRow[];
}

export function statsOf(given: readonly IncidentFacts[], options: StatsOptions): StatsOutput {
	// Sorted once: what is in order already is quickly sorted again.
	const rows = inOrder(given);
	const { asOf, due, repeatWindowDays, refused = [] } = options;
	const repeats = findRepeats(rows, repeatWindowDays);
	const first = rows.reduce<number | null>(
		(least, { at }) => (at !== null && at < (least ?? Infinity) ? at : least),
		null
	);
	const set = (of: Severity): SetStats => setStats(rows.filter(({ severity }) => severity === of));
	return {
		period: { from: isoOf(first), to: rows.length === 0 ? null : isoOf(asOf) },
		n: rows.length,
		bySeverity: { P1: set('P1'), P2: set('P2'), P3: set('P3'), P4: set('P4') },
		overall: setStats(rows),
		mtbfHours: mtbfHours(rows),
		escalationRate: escalationShare(rows).share,
		repeatRate: repeatShare(repeats).share,
		postmortemCompletion: postmortemShare(rows, due).share,
		survival: kaplanMeier(observationsOf(rows, asOf)).map(({ minutes, survival, atRisk }) => ({
			minutes,
			survival,
			atRisk
		})),
		opportunities: opportunities(rows, { repeats, targets: targetsOf(), asOf }).map(
			({ type, description, recommendation, incidents, issues }) => ({
				type,
				description,
				recommendation,
				incidents,
				specificIssues: issues.map(({ what, finding, incidents: of }) => ({ what, finding, incidents: of }))
			})
		),
		refused
	};
}

export function observationsOf(rows: readonly IncidentFacts[], asOf: number): Observation[] {
	return rows.flatMap((row) => resolution(row, asOf) ?? []);
}

function setStats(rows: readonly IncidentFacts[]): SetStats {
	return {
		n: rows.length,
		unresolved: rows.filter(({ times, stoodDown }) => times.resolved === null && !stoodDown).length,
		mttrMinutes: withoutN(timesOf(known(rows, resolveMinutes))),
		detectionMinutes: withoutN(timesOf(known(rows, detectionMinutes)))
	};
}

/** The values of those of which they are known. */
export function known(rows: readonly IncidentFacts[], of: (row: IncidentFacts) => number | null): number[] {
	return rows.flatMap((row) => of(row) ?? []);
}

function withoutN({ mean, median, p95 }: MeanMedianP95): MeanMedianP95 {
	return { mean, median, p95 };
}

function isoOf(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}

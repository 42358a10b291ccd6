/** The article's metrics of a set of incidents over a period, each with its n, interval and trend. */
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import { detectionMinutes, minutesBetween, resolution, resolveMinutes, type IncidentFacts } from './facts.ts';
import type { Period } from './period.ts';
import { escalationShare, foundByAlertsShare, mtbfHours, postmortemShare, repeatShare } from './rates.ts';
import { findRepeats, type Repeats } from './repeats.ts';
import type { AnalyticsSettings, Targets } from './settings.ts';
import { shareOf, type Share } from './share.ts';
import { actionClosure, type ActionClosure } from './closure.ts';
import { strainOf, type Strain } from './strain.ts';
import { kaplanMeier, medianSurvival } from './stats/survival.ts';
import { known, observationsOf } from './stats-output.ts';
import { shareTrend, trendOf, type Trend } from './trends.ts';
import { timesWithIntervals, type TimesWithIntervals } from './times.ts';

/** Durations of a set: of those that ended, and by survival of all. */
export interface DurationFigures extends TimesWithIntervals {
	/** Still open where the record ends. */
	unresolved: number;
	/** Time by which half have ended, those still open counted as long as they were seen, with its 95 % interval. */
	survivalMedian: number | null;
	survivalLow: number | null;
	survivalHigh: number | null;
	trend: Trend;
}

export interface SeverityFigures {
	severity: Severity;
	/** Incidents of this severity, stood down ones too. */
	n: number;
	resolve: DurationFigures;
	detection: TimesWithIntervals & { trend: Trend };
	targetMinutes: number | null;
	/** Share of those known that were resolved within the target. */
	withinTarget: Share;
}

export interface WithTrend<T> {
	value: T;
	trend: Trend;
}

export interface Figures {
	n: number;
	unresolved: number;
	/** Had a time corrected in review. */
	corrected: number;
	bySeverity: SeverityFigures[];
	resolve: DurationFigures;
	detection: TimesWithIntervals & { trend: Trend };
	acknowledge: TimesWithIntervals & { trend: Trend };
	mtbfHours: WithTrend<number | null>;
	escalation: WithTrend<Share>;
	foundByAlerts: WithTrend<Share>;
	repeat: WithTrend<Share>;
	repeats: Repeats;
	postmortem: WithTrend<Share>;
	actions: ActionClosure;
	strain: Strain;
}

export interface FigureOptions {
	period: Period;
	settings: AnalyticsSettings;
	targets: Targets;
	/** Incidents before the period that repeats may go back to. */
	before?: readonly IncidentFacts[];
}

export function figuresOf(rows: readonly IncidentFacts[], options: FigureOptions): Figures {
	const { period, settings, targets, before = [] } = options;
	const asOf = period.to;
	const repeats = repeatsWithin(rows, before, settings.repeatWindowDays);
	const shared = (is: (row: IncidentFacts) => boolean | null): Trend =>
		shareTrend(
			rows.flatMap((row) => {
				const yes = is(row);
				return yes === null || row.at === null ? [] : [{ at: row.at, yes }];
			}),
			period
		);
	const due = (row: IncidentFacts) => postmortemShare([row], settings.postmortemDue);
	return {
		n: rows.length,
		unresolved: unresolved(rows),
		corrected: rows.filter(({ corrected }) => corrected).length,
		bySeverity: SEVERITIES.map((severity) => {
			const of = rows.filter((row) => row.severity === severity);
			const targetMinutes = targets.resolve[severity];
			return {
				severity,
				n: of.length,
				resolve: durations(of, asOf),
				detection: timed(of, detectionMinutes),
				targetMinutes,
				withinTarget: withinTarget(of, targetMinutes, asOf)
			};
		}),
		resolve: durations(rows, asOf),
		detection: timed(rows, detectionMinutes),
		acknowledge: timed(rows, ({ times }) => minutesBetween(times.detected, times.acknowledged)),
		mtbfHours: { value: mtbfHours(rows), trend: trendOf(gaps(rows)) },
		escalation: { value: escalationShare(rows), trend: shared(({ escalated }) => escalated) },
		foundByAlerts: {
			value: foundByAlertsShare(rows),
			trend: shared(({ detectedBy }) => (detectedBy === null ? null : detectedBy === 'alert'))
		},
		repeat: {
			value: repeatShare(repeats),
			trend: shared((row) => (row.causeClass === null || row.services.length === 0 ? null : repeats.repeated.has(row)))
		},
		repeats,
		postmortem: {
			value: postmortemShare(rows, settings.postmortemDue),
			trend: shared((row) => (due(row).of === 0 ? null : due(row).yes === 1))
		},
		actions: actionClosure(rows, asOf),
		strain: strainOf(rows)
	};
}

/** Repeats among `rows`, of what came before them as well. */
function repeatsWithin(rows: readonly IncidentFacts[], before: readonly IncidentFacts[], days: number): Repeats {
	const all = findRepeats([...before, ...rows], days);
	const mine = new Set(rows);
	return {
		judged: findRepeats(rows, days).judged,
		repeated: new Set([...all.repeated].filter((row) => mine.has(row))),
		groups: all.groups
			.map((group) => ({ ...group, repeats: group.repeats.filter((row) => mine.has(row)) }))
			.filter(({ incidents }) => incidents.some((row) => mine.has(row)))
			.sort((a, b) => b.repeats.length - a.repeats.length)
	};
}

function unresolved(rows: readonly IncidentFacts[]): number {
	return rows.filter(({ times, stoodDown }) => times.resolved === null && !stoodDown).length;
}

function durations(rows: readonly IncidentFacts[], asOf: number): DurationFigures {
	const { median, low, high } = medianSurvival(kaplanMeier(observationsOf(rows, asOf)));
	return {
		...timed(rows, resolveMinutes),
		unresolved: unresolved(rows),
		survivalMedian: median,
		survivalLow: low,
		survivalHigh: high
	};
}

function timed(rows: readonly IncidentFacts[], of: (row: IncidentFacts) => number | null) {
	const points = rows.flatMap((row) => {
		const value = of(row);
		return value === null || row.at === null ? [] : [{ at: row.at, value }];
	});
	return { ...timesWithIntervals(known(rows, of)), trend: trendOf(points) };
}

/** Still open and within the target yet says nothing; still open beyond it was not within it. */
function withinTarget(rows: readonly IncidentFacts[], target: number | null, asOf: number): Share {
	const answers = rows.flatMap((row) => {
		const lasted = target === null ? null : resolution(row, asOf);
		if (lasted === null || target === null) return [];
		if (lasted.minutes > target) return [false];
		return lasted.ended ? [true] : [];
	});
	return shareOf(answers.filter((yes) => yes).length, answers.length);
}

function gaps(rows: readonly IncidentFacts[]): { at: number; value: number }[] {
	const starts = rows.flatMap(({ at, stoodDown }) => (at === null || stoodDown ? [] : [at])).sort((a, b) => a - b);
	return starts.slice(1).map((at, i) => ({ at, value: (at - (starts[i] ?? at)) / 3_600_000 }));
}

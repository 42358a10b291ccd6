/** Practice and real laid over each other, by failure class. */
import { resolution, type IncidentFacts } from './facts.ts';
import { groupBy } from './order.ts';
import { kaplanMeier, medianSurvival } from './stats/survival.ts';

export interface OverlayLine {
	failureClass: string;
	practice: OverlaySide;
	real: OverlaySide;
}

export interface OverlaySide {
	n: number;
	/** Every time to resolve, in minutes, ascending; those still open as long as they were seen. */
	points: { id: string; key: string; minutes: number; ended: boolean }[];
	median: number | null;
}

export function overlay(rows: readonly IncidentFacts[], asOf: number): OverlayLine[] {
	return [...groupBy(rows, ({ causeClass }) => causeClass ?? '')].map(([failureClass, of]) => ({
		failureClass: failureClass === '' ? 'cause unknown' : failureClass,
		practice: side(
			of.filter(({ origin }) => origin === 'practice'),
			asOf
		),
		real: side(
			of.filter(({ origin }) => origin === 'real'),
			asOf
		)
	}));
}

function side(rows: readonly IncidentFacts[], asOf: number): OverlaySide {
	const points = rows
		.flatMap((row) => {
			const lasted = resolution(row, asOf);
			return lasted ? [{ id: row.id, key: row.key, ...lasted }] : [];
		})
		.sort((a, b) => a.minutes - b.minutes);
	return { n: rows.length, points, median: medianSurvival(kaplanMeier(points)).median };
}

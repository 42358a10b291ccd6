/**
 * Time until an end that not all have reached. Who has not reached it by then counts as long as they were seen (censored), and
 * is neither dropped nor taken for a success.
 */
import { ascending } from './describe.ts';
import { Z_95 } from './distributions.ts';

export interface Observation {
	minutes: number;
	/** False where the end had not come when the record ends. */
	ended: boolean;
}

export interface SurvivalPoint {
	minutes: number;
	/** Share that goes on beyond this time. */
	survival: number;
	/** How many still went on just before it. */
	atRisk: number;
	/** How many ended at it, and how many were last seen at it. */
	ended: number;
	censored: number;
	/** 95 % interval by Greenwood's formula on the logarithm, as R's `survfit` gives it; null once nobody is left. */
	low: number | null;
	high: number | null;
}

/** The Kaplan-Meier estimate at every time at which somebody ended or was last seen, ascending. */
export function kaplanMeier(observations: readonly Observation[]): SurvivalPoint[] {
	const endings = ascending(observations.flatMap(({ minutes, ended }) => (ended ? [minutes] : [])));
	const last = ascending(observations.flatMap(({ minutes, ended }) => (ended ? [] : [minutes])));
	const points: SurvivalPoint[] = [];
	let survival = 1;
	let greenwood = 0;
	let [e, c] = [0, 0];
	while (e < endings.length || c < last.length) {
		const minutes = Math.min(endings[e] ?? Number.POSITIVE_INFINITY, last[c] ?? Number.POSITIVE_INFINITY);
		const atRisk = endings.length - e + last.length - c;
		let [ended, censored] = [0, 0];
		for (; endings[e] === minutes; e++) ended++;
		for (; last[c] === minutes; c++) censored++;
		survival *= (atRisk - ended) / atRisk;
		greenwood += ended === atRisk ? Number.POSITIVE_INFINITY : ended / (atRisk * (atRisk - ended));
		const half = Z_95 * Math.sqrt(greenwood);
		points.push({
			minutes,
			survival,
			atRisk,
			ended,
			censored,
			low: survival > 0 ? survival * Math.exp(-half) : null,
			high: survival > 0 ? Math.min(1, survival * Math.exp(half)) : null
		});
	}
	return points;
}

/** A curve's step may miss a half by the last digit. */
const SLACK = 1e-12;

/**
 * Time by which half have ended, with the 95 % interval from the curve's own; null where the curve (or its bound) does not come
 * down so far. Where it rests exactly on a half, the middle of that rest, as R has it.
 */
export function medianSurvival(points: readonly SurvivalPoint[]): {
	median: number | null;
	low: number | null;
	high: number | null;
} {
	return {
		median: crossing(points, ({ survival }) => survival),
		low: crossing(points, ({ low }) => low),
		high: crossing(points, ({ high }) => high)
	};
}

function crossing(points: readonly SurvivalPoint[], of: (point: SurvivalPoint) => number | null): number | null {
	const at = points.findIndex((point) => {
		const value = of(point);
		return value !== null ? value <= 0.5 + SLACK : false;
	});
	const point = points[at];
	if (!point) return null;
	const value = of(point) ?? 0;
	if (value < 0.5 - SLACK) return point.minutes;
	const next = points.slice(at + 1).find((later) => (of(later) ?? 0) < value - SLACK);
	return next ? (point.minutes + next.minutes) / 2 : point.minutes;
}

/** Shares and spacing of a set of incidents. */
import type { Severity } from '../incident/severity.ts';
import type { IncidentFacts } from './facts.ts';
import { findRepeats, type Repeats } from './repeats.ts';
import { shareOf, shareWhere, type Share } from './share.ts';
import { ascending } from './stats/describe.ts';

const HOUR = 3_600_000;

/** Hours between the starts of consecutive incidents, in the order of time. */
export function gapHours(rows: readonly IncidentFacts[]): number[] {
	const starts = ascending(rows.flatMap(({ at, stoodDown }) => (at === null || stoodDown ? [] : [at])));
	return Array.from(starts.subarray(1), (start, i) => (start - (starts[i] ?? 0)) / HOUR);
}

/** Mean time between consecutive starts, in hours; null below two. */
export function mtbfHours(rows: readonly IncidentFacts[]): number | null {
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	let n = 0;
	for (const { at, stoodDown } of rows) {
		if (at === null || stoodDown) continue;
		n++;
		first = Math.min(first, at);
		last = Math.max(last, at);
	}
	// The gaps add up to the whole.
	return n < 2 ? null : (last - first) / HOUR / (n - 1);
}

export function escalationShare(rows: readonly IncidentFacts[]): Share {
	return shareWhere(rows, ({ escalated }) => escalated);
}

/** Found by alerts rather than by customers or colleagues: the article's 95 %. */
export function foundByAlertsShare(rows: readonly IncidentFacts[]): Share {
	return shareWhere(rows, ({ detectedBy }) => (detectedBy === null ? null : detectedBy === 'alert'));
}

export function repeatShare({ judged, repeated }: Repeats): Share {
	return shareOf(repeated.size, judged);
}

export { findRepeats };

/**
 * Published post-mortems over those due: all incidents of these severities, but those of which the record says that none is
 * due. Of a set in which no state is known at all nothing can be said.
 */
export function postmortemShare(rows: readonly IncidentFacts[], due: readonly Severity[]): Share {
	const counted = rows.filter(
		({ severity, postmortem, stoodDown }) =>
			severity !== null && due.includes(severity) && postmortem !== 'not_due' && !stoodDown
	);
	if (counted.every(({ postmortem }) => postmortem === null)) return shareOf(0, 0);
	return shareOf(counted.filter(({ postmortem }) => postmortem === 'published').length, counted.length);
}

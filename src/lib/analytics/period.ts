/** Periods: lengths of time as people write them, and the incidents that fall into one. */
import type { IncidentFacts } from './facts.ts';

const DAY = 24 * 3_600_000;
const UNITS: Record<string, number> = { h: 1 / 24, d: 1, w: 7 };
/** A hundred years: more is a slip of the finger. */
const MOST_DAYS = 36_525;

/** `90d`, `12w`, `48h`, or a bare number of days; null where it is none of these. */
export function readDays(text: string): number | null {
	const found = /^(\d+(?:\.\d+)?)\s*([hdw]?)$/i.exec(text.trim());
	if (!found) return null;
	const days = Number(found[1]) * (UNITS[(found[2] || 'd').toLowerCase()] ?? 1);
	return days > 0 && days <= MOST_DAYS ? days : null;
}

export interface Period {
	/** Epoch milliseconds, `from` inclusive. */
	from: number;
	to: number;
}

export function periodOf(days: number, to: number): Period {
	return { from: to - days * DAY, to };
}

export function within(rows: readonly IncidentFacts[], { from, to }: Period): IncidentFacts[] {
	return rows.filter(({ at }) => at !== null && at >= from && at <= to);
}

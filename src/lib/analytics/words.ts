/** Figures in words, the same on the page, in Markdown and in a terminal. A dash stands where nothing can be said. */
import type { Interval } from './stats/bootstrap.ts';
import type { Share } from './share.ts';
import type { Trend } from './trends.ts';

/** `47.0 min`, `3.2 h` from two hours up, `4.1 days` from two days up. */
export function minutesText(value: number | null): string {
	if (value === null) return '–';
	const size = Math.abs(value);
	if (size >= 2 * 24 * 60) return `${trim(value / (24 * 60))} days`;
	if (size >= 3 * 60) return `${trim(value / 60)} h`;
	return `${trim(value)} min`;
}

export function hoursText(value: number | null): string {
	if (value === null) return '–';
	if (Math.abs(value) < 2) return minutesText(value * 60);
	return value >= 96 ? `${trim(value / 24)} days` : `${trim(value)} hours`;
}

export function shareText({ share, yes, of }: Share): string {
	return share === null ? '–' : `${percent(share)} (${yes} of ${of})`;
}

export function percent(share: number): string {
	const value = share * 100;
	return `${value === 0 || value === 100 ? value : value.toFixed(value < 10 || value > 90 ? 1 : 0)} %`;
}

export function intervalText(interval: Interval | null, text: (value: number) => string): string {
	return interval ? `${text(interval.low)} to ${text(interval.high)}` : '–';
}

/** `36.1 to 128 min`: the unit is said once where it is the same. */
export function minutesRange(interval: Interval | null): string {
	if (!interval) return '–';
	const [low, high] = [minutesText(interval.low), minutesText(interval.high)];
	const unit = / \S+$/.exec(high)?.[0] ?? '';
	return low.endsWith(unit) ? `${low.slice(0, low.length - unit.length)} to ${high}` : `${low} to ${high}`;
}

/** `€5,600`, `€125 k`, `€2.5 M`. */
export function moneyText(value: number, currency: string): string {
	const size = Math.abs(value);
	const number =
		size >= 1e6
			? `${trim(value / 1e6)} M`
			: size >= 10_000
				? `${Math.round(value / 1000)} k`
				: String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
	return `${currency === 'EUR' ? '€' : `${currency} `}${number}`;
}

/** What a trend says, with its interval; whether that is good is the reader's to say. */
export function trendText(trend: Trend, unit: 'minutes' | 'hours' | 'share', noun = 'incidents'): string {
	const { verdict, change, low, high, more, of } = trend;
	if (verdict === 'not_enough') return `Not enough ${noun} to tell; about ${roughly(more ?? 1)} more would be.`;
	const text = unit === 'minutes' ? minutesText : unit === 'hours' ? hoursText : points;
	const span = of === 'per_30_days' ? 'per 30 days' : 'from the earlier half to the later';
	const interval = low === null || high === null ? '' : ` (95 %: ${signed(low, text)} to ${signed(high, text)})`;
	if (verdict === 'steady') return `No change to be seen${interval}.`;
	return `${verdict === 'rising' ? 'Rising' : 'Falling'} by ${text(Math.abs(change ?? 0))} ${span}${interval}.`;
}

function points(share: number): string {
	return `${trim(Math.abs(share) * 100)} points`;
}

function signed(value: number, text: (value: number) => string): string {
	return `${value < 0 ? '−' : '+'}${text(Math.abs(value))}`;
}

/** Three figures that count, and no more; a whole number stays one. */
function trim(value: number): string {
	return value.toFixed(Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1);
}

export function dateText(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}

/** How many more is itself a guess: two figures of it are enough. */
export function roughly(count: number): number {
	return count < 100 ? count : Number(count.toPrecision(2));
}

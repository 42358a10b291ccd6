/** Times as people and tools write them. The zone is always said: by the time itself, or by whoever imports it. */
import { DateTime, IANAZone } from 'luxon';
import type { IntakeCode } from './table.ts';

/** Whether 03/04 is the third of April or the fourth of March. */
export type DateOrder = 'day' | 'month';

export interface DateReading {
	/** IANA name such as Europe/Paris, for times that carry no zone; null where none was given. */
	zone: string | null;
	order: DateOrder;
}

export type Moment = { ok: true; at: number } | { ok: false; code: IntakeCode; message: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(?:[T ,]+|\s+at\s+)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\[[\w/+-]+\]|\s*\([\w ]+\))?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:${TIME})?${ZONE}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:${TIME})?${ZONE}$`, 'i');
const NAMED_DAY_FIRST = new RegExp(
	String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})\.?[-/, ]+(\d{4}|\d{2})(?:${TIME})?${ZONE}$`,
	'i'
);
const NAMED_MONTH_FIRST = new RegExp(
	String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})(?:${TIME})?${ZONE}$`,
	'i'
);
const EPOCH = /^(\d{10})(?:\.(\d{1,9}))?$|^(\d{13})$/;

export function isZone(zone: string): boolean {
	return IANAZone.isValidZone(zone);
}

/**
 * Reads one time. Known: ISO 8601, dates with the day or the month first, named months, epoch seconds and milliseconds.
 * The message completes "<field> …".
 */
export function readMoment(text: string, reading: DateReading): Moment {
	const value = text.trim().replace(/\s+/g, ' ');
	const epoch = EPOCH.exec(value);
	if (epoch) return { ok: true, at: epoch[3] ? Number(epoch[3]) : Math.round(Number(value) * 1000) };
	const parts = partsOf(value, reading.order);
	if (!parts) {
		return {
			ok: false,
			code: 'bad_time',
			message: `“${shown(value)}” is not written as a time that is known: write it as 2026-03-24 14:05, or 2026-03-24T14:05:00Z`
		};
	}
	return momentOf(parts, value, reading);
}

interface Parts {
	year: number;
	month: number;
	day: number;
	/** Null where the text has no time of day. */
	clock: { hour: number; minute: number; second: number; millisecond: number } | null;
	/** Minutes east of Greenwich; null where the text does not say. */
	offset: number | null;
}

function partsOf(value: string, order: DateOrder): Parts | null {
	const iso = YEAR_FIRST.exec(value);
	if (iso) return parts(iso[1], iso[2], iso[3], iso.slice(4));
	const local = YEAR_LAST.exec(value);
	if (local) {
		// With dots between them days come first, wherever dates are written so.
		const dayFirst = order === 'day' || local[2] === '.';
		const [day, month] = dayFirst ? [local[1], local[3]] : [local[3], local[1]];
		return parts(local[4], month, day, local.slice(5));
	}
	const dayFirst = NAMED_DAY_FIRST.exec(value);
	if (dayFirst) return parts(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1], dayFirst.slice(4));
	const monthFirst = NAMED_MONTH_FIRST.exec(value);
	if (monthFirst) return parts(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2], monthFirst.slice(4));
	return null;
}

type Text = string | undefined;

function parts(year: Text, month: Text, day: Text, rest: readonly Text[]): Parts {
	const [hours, minutes, seconds, fraction, half, zone] = rest;
	const short = year !== undefined && year.length === 2;
	let hour = Number(hours);
	if (half) hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
	return {
		year: Number(year) + (short ? 2000 : 0),
		month: Number(month),
		day: Number(day),
		clock:
			hours === undefined
				? null
				: {
						hour,
						minute: Number(minutes),
						second: Number(seconds ?? 0),
						millisecond: Math.floor(Number(`0.${fraction ?? 0}`) * 1000)
					},
		offset: zone === undefined ? null : offsetOf(zone)
	};
}

function monthOf(name: Text): string {
	return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

function offsetOf(zone: string): number {
	const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
	if (!match) return 0;
	return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0));
}

function momentOf({ year, month, day, clock, offset }: Parts, value: string, { zone }: DateReading): Moment {
	if (clock === null) {
		if (!DateTime.fromObject({ year, month, day }, { zone: 'utc' }).isValid) return noSuchDay(value);
		return {
			ok: false,
			code: 'no_time_of_day',
			message: `“${shown(value)}” has no time of day: minutes are measured, so write when on that day it was`
		};
	}
	if (offset === null && zone === null) {
		return {
			ok: false,
			code: 'no_zone',
			message: `“${shown(value)}” does not say in which time zone: choose one for the file, for example Europe/Paris`
		};
	}
	const whole = { year, month, day, ...clock };
	if (offset !== null) {
		const utc = DateTime.fromObject(whole, { zone: 'utc' });
		return utc.isValid ? { ok: true, at: utc.toMillis() - offset * 60_000 } : noSuchDay(value);
	}
	const local = DateTime.fromObject(whole, { zone: zone ?? 'utc' });
	if (!local.isValid) return noSuchDay(value);
	// Where a clock is put forward the hour in between is moved on; it never was.
	if (local.hour !== clock.hour || local.minute !== clock.minute) {
		return {
			ok: false,
			code: 'no_such_time',
			message: `“${shown(value)}” never was in ${zone ?? ''}: the clocks were put forward then; write it with its offset, such as +02:00`
		};
	}
	return { ok: true, at: local.toMillis() };
}

function noSuchDay(value: string): Moment {
	return {
		ok: false,
		code: 'bad_time',
		message: `“${shown(value)}” is no day of the calendar, or no time of a day: look whether day and month are the right way round`
	};
}

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 39)}…` : value);

/** What the file itself tells about the order of day and month. */
export type OrderEvidence = 'day' | 'month' | 'both' | 'either' | 'none';

/**
 * `day` or `month` where some date can only be read so, `both` where they contradict each other, `either` where every date can
 * be read both ways, `none` where no date leaves the question open.
 */
export function orderEvidence(values: Iterable<string>): OrderEvidence {
	let [day, month, open] = [false, false, false];
	for (const value of values) {
		const match = YEAR_LAST.exec(value.trim().replace(/\s+/g, ' '));
		if (!match || match[2] === '.') continue;
		const [first, second] = [Number(match[1]), Number(match[3])];
		if (first > 12) day = true;
		else if (second > 12) month = true;
		// The same either way is no question.
		else if (first !== second) open = true;
	}
	if (day && month) return 'both';
	if (day || month) return day ? 'day' : 'month';
	return open ? 'either' : 'none';
}

/** Whether a time is written without saying in which zone. */
export function lacksZone(text: string): boolean {
	const value = text.trim().replace(/\s+/g, ' ');
	if (EPOCH.test(value)) return false;
	const parts = partsOf(value, 'day');
	return parts !== null && parts.clock !== null && parts.offset === null;
}

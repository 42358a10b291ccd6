/** Reads times as other tools write them. A time without a zone is no time: it is refused unless a zone is given. */
import { type IANAZone } from 'luxon';

export type ReadMoment = { ok: true; at: number } | { ok: false; code: 'bad_time' | 'no_zone'; why: string };

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i;

/** ISO 8601, with a `T` or a space, seconds and fractions optional. Epoch milliseconds. */
export function readMoment(text: string, zone: IANAZone | null): ReadMoment {
	const found = ISO.exec(text);
	if (!found) return bad(`"${shown(text)}" is no time: write it as 2026-03-14T09:30:00Z`);
	const [, year, month, day, hour, minute, second, fraction, offset] = found;
	const parts = [year, month, day, hour ?? 0, minute ?? 0, second ?? 0].map(Number) as Parts;
	const local = utcOf(parts) + (fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1000));
	if (!exists(parts)) return bad(`"${shown(text)}" does not exist in the calendar`);
	if (offset !== undefined) return withOffset(local, offset, text);
	if (zone === null) {
		const example = hour === undefined ? `${text}T00:00:00Z` : `${text}Z`;
		return {
			ok: false,
			code: 'no_zone',
			why: `"${shown(text)}" has no time zone: write for example ${example}, or give --zone for the whole file`
		};
	}
	return inZone(local, zone, text);
}

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

function utcOf([year, month, day, hour, minute, second]: Parts): number {
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

function exists([year, month, day, hour, minute, second]: Parts): boolean {
	if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return false;
	return day <= 28 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

function withOffset(local: number, offset: string, text: string): ReadMoment {
	const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset);
	if (!found) return { ok: true, at: local };
	const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
	if (minutes > 15 * 60) return bad(`"${shown(text)}" has a time zone that does not exist`);
	return { ok: true, at: local - (found[1] === '-' ? -minutes : minutes) * 60_000 };
}

/** Local time in a zone. Of an hour that comes twice in autumn the first is taken; one that is skipped in spring is refused. */
function inZone(local: number, zone: IANAZone, text: string): ReadMoment {
	const day = 24 * 3_600_000;
	const offsets = [zone.offset(local - day), zone.offset(local + day)].map((minutes) => minutes * 60_000);
	const fitting = offsets.map((offset) => local - offset).filter((at) => at + zone.offset(at) * 60_000 === local);
	if (fitting.length === 0) return bad(`"${shown(text)}" does not exist in ${zone.name}: clocks were put forward then`);
	return { ok: true, at: Math.min(...fitting) };
}

function bad(why: string): ReadMoment {
	return { ok: false, code: 'bad_time', why };
}

/** What is repeated of a file stays short. */
function shown(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

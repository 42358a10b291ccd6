// How times and numbers are written. Whoever reads them may be in a hurry: short, the unit always there.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units: `38s`, `2m 10s`, `1h 05m`, `3d 4h`. Milliseconds; the sign is kept. */
export function duration(ms: number): string {
	if (ms < 0) return `−${duration(-ms)}`;
	const total = Math.floor(ms / SECOND);
	const [seconds, minutes, hours] = [total % 60, Math.floor(total / 60) % 60, Math.floor(total / 3600) % 24];
	if (ms < MINUTE) return `${seconds}s`;
	if (ms < HOUR) return `${minutes}m ${pad(seconds)}s`;
	if (ms < DAY) return `${hours}h ${pad(minutes)}m`;
	return `${Math.floor(ms / DAY)}d ${hours}h`;
}

/** A running clock whose width does not jump: `4:31`, `14:31`, `1:14:31`. Milliseconds; the sign is dropped. */
export function stopwatch(ms: number): string {
	const total = Math.floor(Math.abs(ms) / SECOND);
	const [seconds, minutes, hours] = [total % 60, Math.floor(total / 60) % 60, Math.floor(total / 3600)];
	return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** The time of day, `14:37:12` or `14:37`, in an IANA time zone; the reader's own where none is given. */
export function timeOfDay(at: Date | number | string, zone?: string, seconds = true): string {
	return new Intl.DateTimeFormat('en-GB', {
		hour: '2-digit',
		minute: '2-digit',
		...(seconds && { second: '2-digit' }),
		...(zone && { timeZone: zone })
	}).format(new Date(at));
}

/** The day in words, `Tuesday 5 March 2024`, in an IANA time zone; the reader's own where none is given. */
export function day(at: Date | number | string, zone?: string): string {
	return new Intl.DateTimeFormat('en-GB', {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		...(zone && { timeZone: zone })
	}).format(new Date(at));
}

/** A count with thin spaces between thousands: `12 400`. */
export function count(value: number): string {
	return Math.round(value)
		.toString()
		.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** One thing or several: `plural(3, 'alert')` is `3 alerts`. */
export function plural(value: number, one: string, many = `${one}s`): string {
	return `${count(value)} ${value === 1 ? one : many}`;
}

/** The letters of a name for a chip: `Ada Lovelace` is `AL`. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('');
}

function pad(value: number): string {
	return String(value).padStart(2, '0');
}

/** Times and dates as a post-mortem prints them, in the zone of the incident. */
export interface ClockWords {
	/** `14:23`. */
	time(at: number): string;
	/** `2024-02-15`. */
	date(at: number): string;
	/** `UTC`, or the zone's short name at that moment. */
	zone(at: number): string;
}

export function clockWords(timeZone: string | null | undefined): ClockWords {
	const zone = timeZone ?? 'UTC';
	const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
		new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
	const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	const date = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
	const name = format({ timeZoneName: 'short' });
	return {
		time: (at) => time.format(at),
		date: (at) => date.format(at).split('/').reverse().join('-'),
		zone: (at) => name.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
	};
}

/** `47 minutes`, `1 hour 5 minutes`. Rounded to the minute, at least one. */
export function longDuration(ms: number): string {
	const minutes = Math.max(1, Math.round(ms / 60_000));
	const part = (count: number, unit: string): string =>
		count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
	if (minutes < 60) return part(minutes, 'minute');
	return [part(Math.floor(minutes / 60), 'hour'), part(minutes % 60, 'minute')].filter((one) => one !== '').join(' ');
}

/**
 * The moment that a time of day means, `14:23` or `14:23:10`, nearest to a moment that is known: words carry no day. Null for
 * what is no time of day.
 */
export function timeAt(words: string, near: number, clock: ClockWords): number | null {
	const found = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(words.trim());
	if (!found) return null;
	const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
	if (hours > 23 || minutes > 59 || seconds > 59) return null;
	const [nearHours = 0, nearMinutes = 0] = clock.time(near).split(':').map(Number);
	const wanted = (hours * 60 + minutes) * 60_000 + seconds * 1000;
	const midnight = near - (nearHours * 60 + nearMinutes) * 60_000 - (near % 60_000);
	const candidates = [-1, 0, 1].map((day) => midnight + day * 24 * 3_600_000 + wanted);
	return candidates.reduce((best, at) => (Math.abs(at - near) < Math.abs(best - near) ? at : best));
}

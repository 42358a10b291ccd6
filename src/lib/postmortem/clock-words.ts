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

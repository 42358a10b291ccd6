/** Shows incident time (epoch ms) in one time zone: of a run the scenario's, of a real incident the reader's own. */
export class Face {
	readonly timeZone: string | undefined;
	#minutes: Intl.DateTimeFormat;
	#seconds: Intl.DateTimeFormat;
	#weekday: Intl.DateTimeFormat;
	#day: Intl.DateTimeFormat;

	constructor(timeZone?: string) {
		const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
		this.timeZone = timeZone;
		this.#minutes = new Intl.DateTimeFormat('en-GB', clock);
		this.#seconds = new Intl.DateTimeFormat('en-GB', { ...clock, second: '2-digit' });
		this.#weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone });
		this.#day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
	}

	/** `14:37` */
	minute(at: number): string {
		return this.#minutes.format(at);
	}
	/** `14:37:12` */
	second(at: number): string {
		return this.#seconds.format(at);
	}
	/** `Tuesday` */
	weekday(at: number): string {
		return this.#weekday.format(at);
	}
	/** `4 Nov` */
	day(at: number): string {
		return this.#day.format(at);
	}
}

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * The last moment at or before `now` at which this face showed `HH:MM`, for entries dated to when something was said;
 * null where the text is no time. Searching backwards needs no arithmetic with time zones.
 */
export function lastTimeOf(face: Face, text: string, now: number): number | null {
	const match = /^(\d{1,2})[:.](\d{2})$/u.exec(text.trim());
	if (!match) return null;
	const wanted = `${match[1]?.padStart(2, '0')}:${match[2]}`;
	const minute = Math.floor(now / MINUTE) * MINUTE;
	for (let back = 0; back < DAY_MINUTES; back++) {
		const at = minute - back * MINUTE;
		if (face.minute(at) === wanted) return at;
	}
	return null;
}

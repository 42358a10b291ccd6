import { DateTime } from 'luxon';

/** Day of the fiction where a scenario names only a time of day: a Tuesday without holidays or clock changes. */
const USUAL_DAY = '2026-03-10';

/** Epoch milliseconds of a local date and time in an IANA zone; null where either means nothing. */
export function startTime(clock: { start: string; zone: string }): number | null {
	const local = clock.start.includes('T') ? clock.start : `${USUAL_DAY}T${clock.start}`;
	const moment = DateTime.fromISO(local, { zone: clock.zone });
	return moment.isValid ? moment.toMillis() : null;
}

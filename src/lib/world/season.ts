/** Daily and weekly shape of traffic, as a multiplier with mean 1 over a weekday. */
export interface Season {
	/** Multiplier at a simulated time (milliseconds). */
	at(tMs: number): number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * Traffic swings between trough and peak, sinusoidally in its logarithm, so that the ratio of the two is as written; the
 * way up and the way down may take different times. Weekends carry a factor, blended in around midnight.
 * `localStartMs` is simulated time 0 as local time (epoch milliseconds shifted by the zone's offset).
 */
export function seasonOf(
	spec: { peak: string; trough: string; ratio: number; weekend: number },
	localStartMs: number
): Season {
	const peak = timeOfDay(spec.peak);
	const rise = (peak - timeOfDay(spec.trough) + DAY) % DAY || DAY / 2;
	const swing = Math.log(spec.ratio) / 2;
	const shape = (msOfDay: number): number => {
		const sinceTrough = (msOfDay - (peak - rise) + 2 * DAY) % DAY;
		const phase =
			sinceTrough < rise ? (Math.PI * sinceTrough) / rise : Math.PI + (Math.PI * (sinceTrough - rise)) / (DAY - rise);
		return Math.exp(-swing * Math.cos(phase));
	};
	let sum = 0;
	for (let slot = 0; slot < 96; slot += 1) sum += shape((slot * DAY) / 96);
	const mean = sum / 96;
	return {
		at(tMs) {
			const local = localStartMs + tMs;
			const day = Math.floor(local / DAY);
			const msOfDay = local - day * DAY;
			return (shape(msOfDay) / mean) * weekFactor(day, msOfDay, spec.weekend);
		}
	};
}

/** 1 on weekdays, `weekend` on Saturday and Sunday, with an hour of passage on either side of midnight. */
function weekFactor(day: number, msOfDay: number, weekend: number): number {
	const today = factorOf(day, weekend);
	if (msOfDay < HOUR) {
		const before = factorOf(day - 1, weekend);
		return today + (before - today) * 0.5 * (1 - smooth(msOfDay / HOUR));
	}
	if (msOfDay > DAY - HOUR) {
		const after = factorOf(day + 1, weekend);
		return today + (after - today) * 0.5 * smooth(1 - (DAY - msOfDay) / HOUR);
	}
	return today;
}

/** Day 0 of the epoch was a Thursday. */
function factorOf(day: number, weekend: number): number {
	const weekday = (((day + 4) % 7) + 7) % 7;
	return weekday === 0 || weekday === 6 ? weekend : 1;
}

function smooth(x: number): number {
	return x * x * (3 - 2 * x);
}

/** `20:00`, or the time of `2026-03-10T20:00`; milliseconds since midnight. */
function timeOfDay(text: string): number {
	const [hours = '0', minutes = '0'] = (text.includes('T') ? text.slice(text.indexOf('T') + 1) : text).split(':');
	return Number(hours) * HOUR + Number(minutes) * 60_000;
}

import { describe, expect, it } from 'vitest';
import { clockWords, longDuration, timeAt } from './clock-words.ts';

describe('timeAt', () => {
	const near = Date.UTC(2024, 0, 24, 23, 50, 30);
	it.each<[string, string | null, number | null]>([
		['23:40', null, Date.UTC(2024, 0, 24, 23, 40)],
		['00:05', null, Date.UTC(2024, 0, 25, 0, 5)],
		['9:30', null, Date.UTC(2024, 0, 25, 9, 30)],
		['23:40:15', null, Date.UTC(2024, 0, 24, 23, 40, 15)],
		['00.40', 'Europe/Berlin', Date.UTC(2024, 0, 24, 23, 40)],
		['05:20', 'Asia/Kolkata', Date.UTC(2024, 0, 24, 23, 50)],
		['24:00', null, null],
		['12:60', null, null],
		['soon', null, null],
		['', null, null]
	])('%s in %s', (words, zone, at) => expect(timeAt(words, near, clockWords(zone))).toBe(at));

	it('gives back what is printed', () => {
		const clock = clockWords('America/New_York');
		const at = timeAt('14:23', near, clock);
		expect(at !== null && clock.time(at)).toBe('14:23');
	});
});

describe('longDuration', () => {
	it.each([
		[1, '1 minute'],
		[47 * 60_000, '47 minutes'],
		[65 * 60_000, '1 hour 5 minutes'],
		[120 * 60_000, '2 hours']
	])('%i ms is %s', (ms, words) => expect(longDuration(ms)).toBe(words));
});

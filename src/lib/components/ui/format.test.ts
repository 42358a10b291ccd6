import { expect, test } from 'vitest';
import { count, duration, initials, plural, stopwatch, timeOfDay } from './format';

test.each([
	[0, '0s', '0:00'],
	[38_900, '38s', '0:38'],
	[130_000, '2m 10s', '2:10'],
	[3_900_000, '1h 05m', '1:05:00'],
	[274_000_000, '3d 4h', '76:06:40'],
	[-271_000, '−4m 31s', '4:31']
])('%i ms is %s as a duration and %s on a stopwatch', (ms, long, clock) => {
	expect([duration(ms), stopwatch(ms)]).toEqual([long, clock]);
});

test('the time of day follows the zone of the scenario, not of the reader', () => {
	const at = '2024-03-05T14:37:12Z';
	expect(timeOfDay(at, 'UTC')).toBe('14:37:12');
	expect(timeOfDay(at, 'America/New_York', false)).toBe('09:37');
});

test.each([
	[999, '999'],
	[1000, '1\u202f000'],
	[1234567, '1\u202f234\u202f567']
])('%i is written %s', (value, written) => {
	expect(count(value)).toBe(written);
});

test('one thing is not several', () => {
	expect([plural(1, 'alert'), plural(0, 'alert'), plural(2, 'reply', 'replies')]).toEqual([
		'1 alert',
		'0 alerts',
		'2 replies'
	]);
});

test.each([
	['Ada Lovelace', 'AL'],
	['ada', 'A'],
	['Ana Maria de Sousa', 'AS'],
	['', '?'],
	['👩‍🚒 Rescue', '👩R']
])('%s is %s on a chip', (name, letters) => {
	expect(initials(name)).toBe(letters);
});

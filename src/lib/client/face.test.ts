import { expect, it } from 'vitest';
import { Face, lastTimeOf } from './face.ts';

const berlin = new Face('Europe/Berlin');
const at = Date.UTC(2026, 10, 3, 13, 37, 12);

it('shows incident time in the time zone of the scenario', () => {
	expect([berlin.second(at), berlin.minute(at), berlin.weekday(at), berlin.day(at)]).toEqual([
		'14:37:12',
		'14:37',
		'Tuesday',
		'3 Nov'
	]);
});

it.each([
	['14:37', Date.UTC(2026, 10, 3, 13, 37)],
	['14.31', Date.UTC(2026, 10, 3, 13, 31)],
	['9:05', Date.UTC(2026, 10, 3, 8, 5)],
	['23:50', Date.UTC(2026, 10, 2, 22, 50)],
	['25:00', null],
	['soon', null]
])('reads %s as the last such moment, never in the future', (text, expected) => {
	expect(lastTimeOf(berlin, text, at)).toBe(expected);
});

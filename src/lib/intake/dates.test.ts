import { describe, expect, it } from 'vitest';
import { lacksZone, orderEvidence, readMoment } from './dates.ts';

const PARIS = { zone: 'Europe/Paris', order: 'day' } as const;
const iso = (text: string, reading: Parameters<typeof readMoment>[1] = PARIS) => {
	const moment = readMoment(text, reading);
	return moment.ok ? new Date(moment.at).toISOString() : moment.code;
};

describe('times as people write them', () => {
	// Paris is two hours ahead of UTC in summer and one in winter.
	it.each([
		['2026-07-03T14:05:00Z', '2026-07-03T14:05:00.000Z'],
		['2026-07-03T14:05:00+02:00', '2026-07-03T12:05:00.000Z'],
		['2026-07-03 14:05:06.123+0200', '2026-07-03T12:05:06.123Z'],
		['2026-07-03 14:05', '2026-07-03T12:05:00.000Z'],
		['2026-01-03 14:05', '2026-01-03T13:05:00.000Z'],
		['2026-07-03T14:05+02:00[Europe/Paris]', '2026-07-03T12:05:00.000Z'],
		['2026/07/03 14:05', '2026-07-03T12:05:00.000Z'],
		['2026-07-03 14:05 UTC', '2026-07-03T14:05:00.000Z'],
		['2026-07-03 14:05 GMT+1', '2026-07-03T13:05:00.000Z'],
		['03/07/2026 14:05', '2026-07-03T12:05:00.000Z'],
		['3.7.2026 14:05', '2026-07-03T12:05:00.000Z'],
		['03-07-26, 2:05 PM', '2026-07-03T12:05:00.000Z'],
		['03/07/2026 12:05 am', '2026-07-02T22:05:00.000Z'],
		['03/Jul/26 2:05 PM', '2026-07-03T12:05:00.000Z'],
		['3 July 2026 14:05', '2026-07-03T12:05:00.000Z'],
		['Jul 3, 2026 2:05 PM', '2026-07-03T12:05:00.000Z'],
		['July 3rd, 2026 at 14:05', '2026-07-03T12:05:00.000Z'],
		['Fri, 03 Jul 2026 14:05:00 +0200', '2026-07-03T12:05:00.000Z'],
		['1783087500', '2026-07-03T14:05:00.000Z'],
		['1783087500.5', '2026-07-03T14:05:00.500Z'],
		['1783087500123', '2026-07-03T14:05:00.123Z'],
		['2026-07-03', 'no_time_of_day'],
		['03/07/2026', 'no_time_of_day'],
		['32/13/2026', 'bad_time'],
		['2026-02-30 10:00', 'bad_time'],
		['2026-07-03 25:00', 'bad_time'],
		['13/13/2026 10:00', 'bad_time'],
		['yesterday', 'bad_time'],
		['45845.5868', 'bad_time'],
		// The clocks went from two to three.
		['2026-03-29 02:30', 'no_such_time'],
		['2026-03-29 02:30 UTC', '2026-03-29T02:30:00.000Z']
	])('%s', (text, expected) => expect(iso(text)).toBe(expected));

	it('reads the month first where told so, except between dots', () => {
		const us = { zone: 'UTC', order: 'month' } as const;
		expect(iso('03/04/2026 10:00', us)).toBe('2026-03-04T10:00:00.000Z');
		expect(iso('03.04.2026 10:00', us)).toBe('2026-04-03T10:00:00.000Z');
		expect(iso('13/04/2026 10:00', us)).toBe('bad_time');
	});

	it('wants a zone only where the time has none', () => {
		const none = { zone: null, order: 'day' } as const;
		expect(iso('2026-07-03 14:05', none)).toBe('no_zone');
		expect(iso('2026-07-03 14:05Z', none)).toBe('2026-07-03T14:05:00.000Z');
		expect(['2026-07-03 14:05', '2026-07-03 14:05Z', '1783087500', 'x', '2026-07-03'].map(lacksZone)).toEqual([
			true,
			false,
			false,
			false,
			false
		]);
	});
});

describe('day or month first', () => {
	it.each([
		[['03/04/2026 10:00', '25/04/2026 10:00'], 'day'],
		[['03/04/2026 10:00', '04/25/2026 10:00'], 'month'],
		[['25/04/2026 10:00', '04/25/2026 10:00'], 'both'],
		[['03/04/2026 10:00', '05/06/2026 10:00'], 'either'],
		[['03/03/2026 10:00', '2026-04-05 10:00', '1.2.2026 10:00'], 'none']
	])('%j tells %s', (texts, evidence) => expect(orderEvidence(texts)).toBe(evidence));
});

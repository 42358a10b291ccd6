import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { readIncidents, type RefusalCode } from './incidents.ts';
import { readMoment } from './moment.ts';
import { decode } from './table.ts';

const HEADER = 'id,severity,created_at,resolved_at,services,cause,escalated,postmortem_state';

function read(text: string, options: Parameters<typeof readIncidents>[1] = {}) {
	const found = readIncidents(text, options);
	if (!found.ok) throw new Error(found.message);
	return found;
}

describe('times', () => {
	it.each([
		['2026-03-14T09:30:00Z', '2026-03-14T09:30:00.000Z'],
		['2026-03-14 09:30:00+01:00', '2026-03-14T08:30:00.000Z'],
		['2026-03-14T09:30-0330', '2026-03-14T13:00:00.000Z'],
		['2026-03-14 09:30:00.5 UTC', '2026-03-14T09:30:00.500Z'],
		['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z']
	])('%s is read', (text, iso) => {
		expect(readMoment(text, null)).toEqual({ ok: true, at: Date.parse(iso) });
	});
	it.each([
		['2026-03-14T09:30:00', 'no_zone'],
		['2026-03-14', 'no_zone'],
		['2025-02-29T00:00:00Z', 'bad_time'],
		['2026-03-14T24:00:00Z', 'bad_time'],
		['14.03.2026 09:30', 'bad_time'],
		['yesterday', 'bad_time']
	])('%s is refused: %s', (text, code) => {
		expect(readMoment(text, null)).toMatchObject({ ok: false, code });
	});
	it('take the zone given, on both sides of a change of clocks', () => {
		const paris = IANAZone.create('Europe/Paris');
		expect(readMoment('2026-07-01T12:00:00', paris)).toEqual({ ok: true, at: Date.UTC(2026, 6, 1, 10) });
		expect(readMoment('2026-01-01', paris)).toEqual({ ok: true, at: Date.UTC(2025, 11, 31, 23) });
		expect(readMoment('2026-10-25T02:30:00', paris)).toEqual({ ok: true, at: Date.UTC(2026, 9, 25, 0, 30) });
		expect(readMoment('2026-03-29T02:30:00', paris)).toMatchObject({ ok: false, code: 'bad_time' });
		expect(readMoment('2026-07-01T12:00:00Z', paris)).toEqual({ ok: true, at: Date.UTC(2026, 6, 1, 12) });
	});
});

describe('a file of incidents', () => {
	it('is read whatever its line ends, quotes, mark and separator', () => {
		const rows = [
			HEADER.replaceAll(',', ';'),
			'A;P1;2026-01-01T00:00:00Z;2026-01-01T01:00:00Z;"api; cache";"two\r\nlines";true;published',
			'',
			'B;sev-2;2026-01-02T00:00:00Z;?;-;;;'
		];
		const { rows: found, refused } = read(`\ufeff${rows.join('\r\n')}\r\n`);
		expect(refused).toEqual([]);
		expect(found).toMatchObject([
			{ id: 'A', severity: 'P1', services: ['api', 'cache'], causeClass: 'two lines', escalated: true },
			{
				id: 'B',
				severity: 'P2',
				services: [],
				causeClass: null,
				escalated: null,
				postmortem: null,
				times: { resolved: null }
			}
		]);
	});

	it.each<[string, RefusalCode, number]>([
		['X,P1,2026-01-01T00:00:00,,,,,', 'no_zone', 4],
		['X,P1,noon,,,,,', 'bad_time', 4],
		['X,P5,2026-01-01T00:00:00Z,,,,,', 'unknown_severity', 4],
		['X,P1,2026-01-01T01:00:00Z,2026-01-01T00:00:00Z,,,,', 'resolved_before_created', 4],
		['A,P1,2026-01-01T00:00:00Z,,,,,', 'duplicate_id', 4],
		['X,P1,2026-01-01T00:00:00Z,,,,perhaps,', 'unknown_value', 4],
		['X,P1,2026-01-01T00:00:00Z,,,,,soon', 'unknown_value', 4],
		['X,P1,2026-01-01T00:00:00Z,,a,b,true,draft,more', 'too_many_fields', 4],
		['X,P1,2026-01-01T00:00:00Z,,"a,b', 'broken_row', 4]
	])('refuses %s as %s', (line, code, at) => {
		const { rows, refused } = read(`${HEADER}\nA,P1,2026-01-01T00:00:00Z,,"a\nb",,,\n${line}`);
		expect(rows.map(({ id }) => id)).toEqual(['A']);
		expect(refused).toEqual([{ line: at, code, message: expect.stringMatching(/.{15}/) as string }]);
	});

	it('takes a row again whose first was refused', () => {
		const { rows } = read(`${HEADER}\nA,P9,,,,,,\nA,P1,2026-01-01T00:00:00Z,,,,,`);
		expect(rows).toMatchObject([{ id: 'A', severity: 'P1' }]);
	});

	it('finds columns by other names', () => {
		const map = new Map([['Opened', 'created_at'], ['Prio', 'severity']] as const); // prettier-ignore
		const { rows } = read('ID,Opened,prio,Created at\nA,2026-01-02T00:00:00Z,1,2026-01-01T00:00:00Z', { map });
		expect(rows).toMatchObject([{ id: 'A', severity: 'P1', at: Date.UTC(2026, 0, 2) }]);
		const wrong = readIncidents('id\nA', { map: new Map([['Opend', 'created_at']] as const) });
		expect(wrong).toMatchObject({ ok: false, code: 'unknown_column' });
	});

	it('must name at least one column', () => {
		expect(readIncidents('')).toMatchObject({ ok: false, code: 'empty_file' });
		expect(readIncidents('foo,bar\n1,2')).toMatchObject({ ok: false, code: 'no_columns' });
	});

	it('is decoded by its mark, else as spreadsheets write', () => {
		expect(decode(new Uint8Array([0xff, 0xfe, 0x69, 0x00]))).toBe('i');
		expect(decode(new Uint8Array([0xe9]))).toBe('é');
	});
});

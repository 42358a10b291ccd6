import { expect, it } from 'vitest';
import { withUnit, type Unit } from './units.ts';

it.each<[number | null, Unit, string]>([
	[null, 'ratio', 'no data'],
	[0.148, 'ratio', '14.8 %'],
	[0, 'ratio', '0 %'],
	[0.0004, 'ratio', '0.04 %'],
	[1, 'ratio', '100 %'],
	[2.4, 'seconds', '2.4 s'],
	[0.41, 'seconds', '410 ms'],
	[0.0000123, 'seconds', '12.3 µs'],
	[0, 'seconds', '0 s'],
	[86_400 * 3, 'seconds', '3 d'],
	[2 * 1024 ** 3 * 0.95, 'bytes', '1.9 GiB'],
	[512, 'bytes', '512 B'],
	[412.4, 'rps', '412/s'],
	[12_400, 'rps', '12.4k/s'],
	[0.38, 'cores', '0.38 cores'],
	[212, 'count', '212'],
	[2_000_000, 'count', '2M'],
	[12.34, 'percent', '12.3 %'],
	[410, 'milliseconds', '410 ms'],
	[3 * 1024 ** 2, 'bytesRate', '3 MiB/s'],
	[0, 'date', '1970-01-01 00:00'],
	[1e20, 'date', '100000000000000000000'],
	[1_234_567, 'none', '1234570'],
	[0.0000042, 'count', '0.0000042']
])('%s in %s reads %s', (value, unit, text) => expect(withUnit(value, unit)).toBe(text));

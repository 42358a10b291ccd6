import { expect, it } from 'vitest';
import { roughly } from './roughly.ts';

it.each([
	[10_000, '10s'],
	[120_000, '2m'],
	[90_000, '1m 30s'],
	[7_200_000, '2h'],
	[86_400_000, '1d']
])('%d ms is %s', (ms, text) => expect(roughly(ms)).toBe(text));

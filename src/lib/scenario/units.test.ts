import { describe, expect, it } from 'vitest';
import { parseBytes, parseDuration, parseMetricTarget, parseQuantity, parseRatio } from './units.ts';

describe('parseDuration', () => {
	it.each([
		['90s', 90_000],
		['3m', 180_000],
		['1h30m', 5_400_000],
		['-45m', -2_700_000],
		['250ms', 250],
		['1.5s', 1_500],
		['2d', 172_800_000],
		['0', 0],
		['0s', 0],
		[' 5m ', 300_000],
		['5', null],
		['m', null],
		['3 m', null],
		['3x', null],
		['--3m', null],
		['1h-30m', null],
		['', null]
	])('%j is %s', (text, ms) => expect(parseDuration(text)).toBe(ms));
});

describe('parseRatio', () => {
	it.each([
		['9%', 0.09],
		['14.4%', 0.144],
		['0.09', 0.09],
		['100%', 1],
		['0', 0],
		['101%', null],
		['-1%', null],
		['9', null],
		['9ms', null]
	])('%j is %s', (text, ratio) => expect(parseRatio(text)).toBe(ratio));
});

describe('parseQuantity', () => {
	it.each([
		['130%', 1.3],
		['420ms', 420],
		['2s', 2_000],
		['14', 14],
		['-3', -3],
		['1.5GiB', 1.5 * 1024 ** 3],
		['few', null]
	])('%j is %s', (text, value) => expect(parseQuantity(text)).toBe(value));
});

describe('parseBytes', () => {
	it.each([
		['512MiB', 512 * 1024 ** 2],
		['1GB', 1e9],
		['1024', 1024],
		['-1', null],
		['2 gigs', null]
	])('%j is %s', (text, value) => expect(parseBytes(text)).toBe(value));
});

describe('parseMetricTarget', () => {
	it.each([
		['core-api.errors', { service: 'core-api', where: {}, metric: 'errors' }],
		['core-api[version=4.18.0].errors', { service: 'core-api', where: { version: '4.18.0' }, metric: 'errors' }],
		[
			'a[version="3.9", region=eu-west-1].mem',
			{ service: 'a', where: { version: '3.9', region: 'eu-west-1' }, metric: 'mem' }
		],
		['core-api', null],
		['core-api[].errors', null],
		['core-api[version].errors', null],
		['core-api[a=1,a=2].errors', null],
		['Core.errors', null],
		['core-api.errors > 1', null]
	])('%j', (text, target) => expect(parseMetricTarget(text)).toEqual(target));
});

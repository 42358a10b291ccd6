import { describe, expect, it } from 'vitest';
import type { TraceAnswer, TraceSpan } from '$lib/protocol/traces.ts';
import { colourOf, parseSpan, place, rowsOf, servicesOf, span, textOf } from './waterfall.ts';

const one = (spanId: string, parentId: string | null, more: Partial<TraceSpan> = {}): TraceSpan => ({
	spanId,
	parentId,
	service: 'api',
	instance: 'api-1',
	version: '1',
	kind: 'server',
	name: `GET /${spanId}`,
	startAt: 1_000,
	durationMs: 10,
	failed: false,
	attributes: {},
	events: [],
	critical: [],
	...more
});
const spans = [
	one('a', null),
	one('b', 'a', { service: 'db' }),
	one('c', 'b', { failed: true, attributes: { 'error.type': 'timeout' } }),
	one('d', 'a')
];

describe('rows of a waterfall', () => {
	it('stand in depth, and know what lies below', () =>
		expect(
			rowsOf(spans, new Set()).map(({ span: { spanId }, depth, below, failedBelow }) => [
				spanId,
				depth,
				below,
				failedBelow
			])
		).toEqual([
			['a', 0, 3, true],
			['b', 1, 1, true],
			['c', 2, 0, false],
			['d', 1, 0, false]
		]));
	it('hide what is under a folded span', () =>
		expect(rowsOf(spans, new Set(['b'])).map(({ span: { spanId } }) => spanId)).toEqual(['a', 'b', 'd']));
});

it.each([
	[0.042, '0.04 ms'],
	[4.26, '4.3 ms'],
	[27.4, '27 ms'],
	[1_620, '1.62 s'],
	[125_000, '2 m 05 s']
])('%d ms reads %s', (ms, text) => expect(span(ms)).toBe(text));

it.each([
	['500', 500],
	['1.5s', 1_500],
	['20 ms', 20],
	['2m', 120_000],
	['soon', null],
	['', null]
])('%j is %j ms', (text, ms) => expect(parseSpan(text)).toBe(ms));

it('stretches stand in per cent of the whole, and services keep their colour', () => {
	expect(place({ startAt: 1_000, durationMs: 200 }, 1_050, 100)).toEqual({ left: 25, width: 50 });
	expect(servicesOf(spans)).toEqual(['api', 'db']);
	expect(colourOf(['api', 'db'], 'db')).toBe('var(--series-2)');
});

it('is pinned as text that can be read without the tool', () => {
	const trace: TraceAnswer = {
		traceId: 'f00',
		startAt: 0,
		durationMs: 10,
		spans,
		loggedSpanId: 'a',
		records: [],
		sampledOneIn: 1
	};
	expect(textOf(trace).split('\n')).toEqual([
		'trace f00',
		'GET /a      api      10 ms',
		'  GET /b    db       10 ms',
		'    GET /c  api      10 ms  timeout',
		'  GET /d    api      10 ms'
	]);
});

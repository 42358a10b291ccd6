import { expect, it } from 'vitest';
import { facetsOf } from './facets.ts';
import { distinct } from './records.ts';

const record = (fields: Record<string, string>) => ({
	at: 0,
	level: 'info' as const,
	service: 'api',
	instance: '',
	version: '',
	traceId: '',
	spanId: '',
	msg: '',
	fields,
	stack: []
});

it('the values of a field, the most frequent first, as shares of all records', () => {
	const facets = facetsOf(
		[{ route: '/a' }, { route: '/b' }, { route: '/b' }, {}].map((fields) => record(fields as Record<string, string>))
	);
	expect(facets).toEqual([
		{ name: 'service', values: [{ value: 'api', share: 1 }], more: 0 },
		{
			name: 'route',
			values: [
				{ value: '/b', share: 0.5 },
				{ value: '/a', share: 0.25 }
			],
			more: 0
		}
	]);
});

it('what differs in each record is no facet', () => {
	const facets = facetsOf(Array.from({ length: 50 }, (_, i) => record({ id: `r${i}`, kind: `k${i % 9}` })));
	expect(facets.map(({ name, more }) => [name, more])).toEqual([
		['service', 0],
		['kind', 4]
	]);
});

it('a record that came twice is one', () => {
	const [a, b] = [record({}), { ...record({}), msg: 'other' }];
	expect(distinct([a, b, { ...a }])).toEqual([a, b]);
});

import { expect, it } from 'vitest';
import { ownQuery } from './own-query.ts';

const of = (query: string) => ownQuery({ query, where: { service: 'api' } });

it.each([
	['rate(a_total[1m])', 'rate(a_total{service="api"}[1m])'],
	[
		'sum by (service, le) (rate(a_bucket{x=~"5.."}[5m]))',
		'sum by (service, le) (rate(a_bucket{x=~"5..",service="api"}[5m]))'
	],
	[
		'max by (service) (a / on (pod) group_left() b{r="m"})',
		'max by (service) (a{service="api"} / on (pod) group_left() b{r="m",service="api"})'
	],
	[
		'label_replace(up, "q", "p50", "", "") or up',
		'label_replace(up{service="api"}, "q", "p50", "", "") or up{service="api"}'
	],
	['1 - a / b', '1 - a{service="api"} / b{service="api"}']
])('%s', (query, expected) => expect(of(query)).toBe(expected));

it('a panel about all keeps its query', () => expect(ownQuery({ query: 'up', where: {} })).toBe('up'));

import { describe, expect, it } from 'vitest';
import { depths, layoutMap, NODE } from './layers.ts';

const service = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
const shop = [
	service('edge', 'api', 'web'),
	service('web', 'api'),
	service('api', 'db', 'cache'),
	service('db'),
	service('cache')
];

describe('depths', () => {
	it.each([
		['by the longest way', shop, { edge: 0, web: 1, api: 2, db: 3, cache: 3 }],
		['a circle counts once', [service('a', 'b'), service('b', 'a')], { a: 0, b: 1 }],
		['what is not here is left out', [service('a', 'gone')], { a: 0 }],
		['two fronts', [service('a', 'c'), service('b', 'c'), service('c')], { a: 0, b: 0, c: 1 }]
	])('%s', (_title, services, expected) => expect(Object.fromEntries(depths(services))).toEqual(expected));
});

describe('layout', () => {
	it('puts callers above what they call', () => {
		const { nodes } = layoutMap(shop, 800);
		const y = Object.fromEntries(nodes.map((node) => [node.id, node.y]));
		expect(y.edge).toBeLessThan(y.web ?? 0);
		expect(y.api).toBeLessThan(y.db ?? 0);
		expect(y.db).toBe(y.cache);
	});
	it('breaks a row that is too wide, and overlaps nothing', () => {
		const wide = [service('front', ...'abcdefg'), ...[...'abcdefg'].map((id) => service(id))];
		const { nodes, width } = layoutMap(wide, 360);
		expect(width).toBeLessThanOrEqual(360);
		for (const a of nodes) {
			for (const b of nodes) {
				if (a === b) continue;
				expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true);
			}
		}
	});
});

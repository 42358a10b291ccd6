import { describe, expect, it } from 'vitest';
import { namedLines, namesOf } from './lines.ts';

describe('names of lines', () => {
	it.each([
		[
			'the label in which they differ',
			[
				{ a: 'x', service: 'api' },
				{ a: 'x', service: 'db' }
			],
			'',
			['api', 'db']
		],
		[
			'several',
			[
				{ s: 'a', v: '1' },
				{ s: 'b', v: '2' }
			],
			'',
			['a · 1', 'b · 2']
		],
		['one that some lack', [{ v: '1' }, {}], '', ['1', 'no v']],
		['all labels of a single one', [{ __name__: 'up', job: 'a' }], '', ['a']],
		['the metric where nothing else is there', [{ __name__: 'up' }], '', ['up']],
		['nothing', [{}], '', ['value']],
		['a legend', [{ service: 'api', v: '1' }], '{{service}} at {{ v }}', ['api at 1']],
		['a legend that finds nothing', [{ service: 'api' }], '{{nope}}', ['value']],
		[
			'made unique',
			[
				{ s: 'a', v: '1' },
				{ s: 'a', v: '2' }
			],
			'{{s}}',
			['a', 'a (2)']
		]
	])('%s', (_title, sets, legend, expected) =>
		expect(namesOf(sets as unknown as Record<string, string>[], legend)).toEqual(expected)
	);
});

it('the highest lines are kept, the highest first', () => {
	const series = [3, 9, 1].map((value) => ({ labels: { s: `s${value}` }, values: [0, value] }));
	expect(namedLines(series, '', 2).map(({ name }) => name)).toEqual(['s9', 's3']);
});

import { expect, it } from 'vitest';
import { isolated, isShown } from './isolate.ts';

const all = ['a', 'b', 'c'];
it.each([
	['a click shows one alone', [], 'a', false, ['a']],
	['and again all', ['a'], 'a', false, []],
	['a click on another moves on', ['a'], 'b', false, ['b']],
	['with a key it joins', ['a'], 'b', true, ['a', 'b']],
	['or leaves', ['a', 'b'], 'b', true, ['a']],
	['from all it leaves', [], 'b', true, ['a', 'c']],
	['the last that leaves brings all back', ['a'], 'a', true, []],
	['all together are all', ['a', 'b'], 'c', true, []]
])('%s', (_title, shown, name, joins, expected) => expect(isolated(shown, name, joins, all)).toEqual(expected));

it('with nothing alone everything is shown', () => {
	expect(isShown([], 'a')).toBe(true);
	expect(isShown(['b'], 'a')).toBe(false);
});

import { expect, test } from 'vitest';
import { EMPTY } from './shared.ts';
import { readingOrder } from './why-tree.ts';

const why = (id: string, parentId: string | null = null) => ({ ...EMPTY.whys, id, parentId });
const told = (...whys: ReturnType<typeof why>[]) => readingOrder(whys).map(({ why: { id }, depth }) => `${depth}${id}`);

test.each([
	['a chain', [why('a'), why('b', 'a'), why('c', 'b')], ['0a', '1b', '2c']],
	['a branch', [why('a'), why('b', 'a'), why('c'), why('d', 'a')], ['0a', '1b', '1d', '0c']],
	['an orphan', [why('a', 'gone'), why('b', 'a')], ['0a', '1b']],
	['a circle', [why('a', 'b'), why('b', 'a')], ['0a', '1b']]
])('%s reads from the top', (_name, whys, order) => {
	expect(told(...whys)).toEqual(order);
});

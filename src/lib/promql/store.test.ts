import { describe, expect, it } from 'vitest';
import { createMatcher } from './matcher.ts';
import { createMemoryStore, overlay } from './store.ts';

const named = (name: string) => [createMatcher('__name__', '=', name)];

describe('a memory store', () => {
	it('keeps the series of one label set together, however it is written', () => {
		const store = createMemoryStore();
		store.append({ __name__: 'm', a: '1', b: '' }, 0, 1);
		store.append({ a: '1', __name__: 'm' }, 1000, 2);
		expect(store.series.map(({ length, values }) => [length, values[0], values[1]])).toEqual([[2, 1, 2]]);
	});

	it('overwrites the last moment and refuses earlier ones', () => {
		const store = createMemoryStore();
		expect([
			store.append({ a: '1' }, 1000, 1),
			store.append({ a: '1' }, 1000, 2),
			store.append({ a: '1' }, 999, 3)
		]).toEqual([true, true, false]);
		expect(store.series[0]?.length).toBe(1);
		expect(store.series[0]?.values[0]).toBe(2);
	});

	it('marks ends, and takes a mark back where a sample follows at the same moment', () => {
		const store = createMemoryStore();
		for (let at = 0; at < 200; at += 1) store.append({ a: '1' }, at, at);
		store.appendStale({ a: '1' }, 200);
		expect(store.series[0]?.stale?.[200]).toBe(1);
		store.append({ a: '1' }, 200, 7);
		expect([store.series[0]?.stale?.[200], store.series[0]?.values[200]]).toEqual([0, 7]);
	});

	it('answers with the same object for a series as it grows, and with new series', () => {
		const store = createMemoryStore();
		const matchers = named('m');
		store.append({ __name__: 'm', a: '1' }, 0, 1);
		const [before] = store.select(matchers, 0, 0);
		for (let at = 1; at < 500; at += 1) store.append({ __name__: 'm', a: '1' }, at, at);
		store.append({ __name__: 'm', a: '2' }, 0, 1);
		store.append({ __name__: 'n' }, 0, 1);
		const after = store.select(matchers, 0, 0);
		expect(after[0]).toBe(before);
		expect(after.map(({ labels }) => labels.a)).toEqual(['1', '2']);
		expect(after[0]?.length).toBe(500);
	});

	it('forgets what is older than asked', () => {
		const store = createMemoryStore();
		for (let at = 0; at < 10; at += 1) store.append({ a: '1' }, at, at);
		store.trim(7);
		const [series] = store.series;
		expect([series?.length, series?.times[0], series?.values[0]]).toEqual([3, 7, 7]);
		store.trim(100);
		expect(series?.length).toBe(0);
		expect(store.append({ a: '1' }, 50, 1)).toBe(true);
	});

	it('matches by all conditions, missing labels being empty', () => {
		const store = createMemoryStore();
		for (const a of ['x', 'y', '']) store.append({ __name__: 'm', a }, 0, 1);
		const found = (op: '=' | '!=' | '=~' | '!~', value: string) =>
			store.select([...named('m'), createMatcher('a', op, value)], 0, 0).map(({ labels }) => labels.a ?? '');
		expect(found('=', '')).toEqual(['']);
		expect(found('!=', 'x')).toEqual(['y', '']);
		expect(found('=~', 'x|y')).toEqual(['x', 'y']);
		expect(found('=~', '[xy]')).toEqual(['x', 'y']);
		expect(found('!~', 'x.*')).toEqual(['y', '']);
		expect(found('=~', '.+')).toEqual(['x', 'y']);
	});
});

describe('an overlay', () => {
	it('reads from all layers', () => {
		const [a, b] = [createMemoryStore(), createMemoryStore()];
		a.append({ __name__: 'm', from: 'a' }, 0, 1);
		b.append({ __name__: 'm', from: 'b' }, 0, 1);
		const both = overlay(a, b);
		expect(both.select(named('m'), 0, 0).map(({ labels }) => labels.from)).toEqual(['a', 'b']);
		expect(both.select(named('n'), 0, 0)).toEqual([]);
	});
});

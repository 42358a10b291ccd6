import { expect, it } from 'vitest';
import type { StudioRun } from '$lib/protocol/studio.ts';
import { clockOf, percentAt, spanOf, stateAt, stretchesOf, ticksOf, valueAt } from './axis.ts';

const stay = (state: string, fromMs: number) => ({ fault: 'f', state, phase: 'outage', fromMs, because: '' });
const stays = [stay('a', -60_000), stay('b', 30_000), { ...stay('x', 0), fault: 'other' }, stay('c', 90_000)];

it('puts moments between the beginning of the grid and the end of the run', () => {
	const span = { fromMs: -120_000, toMs: 600_000 };
	expect([-120_000, 240_000, 600_000, 900_000, -999_999].map((at) => percentAt(span, at))).toEqual([
		0, 50, 100, 100, 0
	]);
	expect(ticksOf(span)).toEqual([0, 2, 4, 6, 8, 10].map((minute) => minute * 60_000));
	expect(ticksOf({ fromMs: 0, toMs: 480 * 60_000 })).toHaveLength(9);
	expect([-90_000, 0, 65_000].map(clockOf)).toEqual(['−1:30', '0:00', '1:05']);
	expect(spanOf({ grid: { fromMs: -5, stepMs: 1, points: 1 }, minutes: 2 } as never)).toEqual({
		fromMs: -5,
		toMs: 120_000
	});
});

it('follows each fault by itself, until the run ends', () => {
	expect(stretchesOf(stays, 'f', 60_000).map(({ state, fromMs, toMs }) => [state, fromMs, toMs])).toEqual([
		['a', -60_000, 30_000],
		['b', 30_000, 90_000]
	]);
	expect(stateAt(stays, 'f', 29_999)).toBe('a');
	expect(stateAt(stays, 'f', 30_000)).toBe('b');
	expect(stateAt(stays, 'f', -60_001)).toBeNull();
});

it('reads a value off the grid, also where nothing moves', () => {
	const grid = { fromMs: -10_000, stepMs: 5_000, points: 5 };
	const run = { endedMs: 5_000, series: { still: 3, moves: [1, 2, 3, 4] } } as unknown as StudioRun;
	expect([-10_000, -6_000, 0, 5_000].map((at) => valueAt(run, 'moves', grid, at))).toEqual([1, 1, 3, 4]);
	expect(valueAt(run, 'still', grid, 0)).toBe(3);
	expect(valueAt(run, 'moves', grid, 6_000)).toBeNull();
	expect(valueAt(run, 'unknown', grid, 0)).toBeNull();
});

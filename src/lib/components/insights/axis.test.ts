import { describe, expect, it } from 'vitest';
import { minutesAxis, swarm } from './axis.ts';

describe('the axis of minutes', () => {
	it('holds every time it was made for, with a tick or more', () => {
		const times = [0, 0.2, 3, 47, 9000];
		const { x, ticks } = minutesAxis(times, 100, 700);
		for (const time of times) expect(x(time)).toBeGreaterThanOrEqual(100);
		expect(Math.max(...times.map(x))).toBeLessThan(700);
		expect(ticks.map(({ label }) => label)).toContain('1 h');
		expect([...times.map(x)].sort((a, b) => a - b)).toEqual(times.map(x));
	});
	it('keeps its labels apart on a narrow screen', () => {
		const { ticks } = minutesAxis([1, 40_000], 60, 330);
		ticks.slice(1).forEach(({ at }, i) => expect(at - (ticks[i]?.at ?? 0)).toBeGreaterThanOrEqual(44));
	});
	it('stands without any time', () => expect(minutesAxis([], 0, 100).ticks.length).toBeGreaterThan(0));
});

describe('points on one spot', () => {
	it('step aside, and no further than they may', () => {
		const ys = swarm([10, 10, 10, 50], 3, 12);
		expect(new Set(ys.slice(0, 3)).size).toBe(3);
		expect(ys[3]).toBe(0);
		expect(Math.max(...swarm(new Array<number>(100).fill(5), 3, 12).map(Math.abs))).toBeLessThanOrEqual(12);
	});
});

import { describe, expect, it } from 'vitest';
import { counter } from './instrument.ts';
import { Window } from './window.ts';

const begun = (first: number, last: number) => {
	const window = new Window([counter('requests_total')], 137);
	window.make(first, last);
	return window;
};

describe('a window of samples', () => {
	it('computes what is missing, and nothing twice', () => {
		const window = new Window([counter('requests_total')], 137);
		expect(window.make(10, 20)).toEqual([{ from: 10, to: 20 }]);
		expect(window.make(15, 22)).toEqual([{ from: 21, to: 22 }]);
		expect(window.make(5, 12)).toEqual([{ from: 5, to: 9 }]);
		expect(window.make(1, 24)).toEqual([
			{ from: 1, to: 4 },
			{ from: 23, to: 24 }
		]);
		expect(window.holds(1, 24)).toBe(true);
		expect(window.holds(1, 25)).toBe(false);
	});

	it('forgets what nobody asks for any more', () => {
		const window = begun(0, 20);
		for (let now = 21; now < 400; now += 1) window.make(now - 20, now);
		expect(window.base).toBeGreaterThan(300);
		expect(window.capacity).toBeLessThan(90);
	});

	it('keeps what a chart needed for two minutes, then lets it go', () => {
		const window = begun(0, 20);
		window.make(-220, 20);
		window.make(15, 25);
		expect(window.base).toBe(-220);
		window.make(20, 30);
		expect(window.base).toBeGreaterThan(-10);
		expect(window.capacity).toBeLessThan(90);
	});

	it('keeps what is asked for again and again', () => {
		const window = begun(-220, 20);
		for (let now = 21; now < 200; now += 1) {
			window.make(now - 240, now);
			window.make(now - 20, now);
			expect(window.base).toBeLessThanOrEqual(now - 240);
		}
	});

	it('begins anew where a question is far from all before', () => {
		const window = begun(0, 20);
		expect(window.make(5_000, 5_010)).toEqual([{ from: 5_000, to: 5_010 }]);
		expect(window.base).toBe(5_000);
	});
});

import { expect, it } from 'vitest';
import { incidentNow } from './clock.ts';

it.each([
	['at once', 1, true, 0, 100_000],
	['runs on', 1, true, 2_500, 102_500],
	['faster', 60, true, 1_000, 160_000],
	['stands while paused', 60, false, 5_000, 100_000],
	['never runs backwards', 1, true, -50, 100_000]
])('%s', (_title, speed, running, elapsed, expected) => {
	const anchor = { reading: { at: 100_000, simMs: 0, speed, running }, receivedAt: 1_000 };
	expect(incidentNow(anchor, 1_000 + elapsed)).toBe(expected);
});

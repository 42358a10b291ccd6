import { describe, expect, it } from 'vitest';
import { createWorld, faultStep, initialFaultStep } from './index.ts';
import { smallScenario } from './testing/small-scenario.ts';

const world = createWorld(smallScenario(), 's');

describe('fault machines', () => {
	it('give their delays as data', () => {
		const step = initialFaultStep(world, 'release_bug');
		expect(step.state).toBe('healthy');
		expect(step.timers).toEqual([{ id: expect.any(String), delayMs: 60_000, event: expect.any(String) }]);
	});

	it('follow a timer and start the next one', () => {
		const event = initialFaultStep(world, 'release_bug').timers[0]?.event ?? '';
		const next = faultStep(world, 'release_bug', 'healthy', event);
		expect(next).toMatchObject({ state: 'degraded', timers: [{ delayMs: 240_000 }] });
		expect(next?.cancelled).toHaveLength(1);
		expect(faultStep(world, 'release_bug', 'outage', event)).toBeNull();
	});

	it.each([
		['mitigated', 'when.0', 'resolved'],
		['outage', 'to.mitigated', 'mitigated'],
		['outage', 'do.restart_api', null],
		['outage', 'to.outage', null],
		['outage', 'nonsense', null]
	])('in %s on %s go to %s', (from, event, to) =>
		expect(faultStep(world, 'release_bug', from, event)?.state ?? null).toBe(to)
	);
});

// The golden runs: what the reference and an idle room come to, down to the hash of the state. `muster golden --reason "…"`
// writes them anew; what must hold whatever they say stands in invariants.test.ts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GOLDEN_SEED, goldenChanges, playGolden, type Golden } from '../../src/lib/lab/golden.ts';
import { shippedScenarios } from './scenarios.ts';

const { scenarios, broken } = shippedScenarios();
const folder = join(import.meta.dirname, '../../scenarios');

describe('golden runs', { timeout: 120_000 }, () => {
	it('stand on scenarios that load', () => {
		expect(broken).toEqual([]);
		expect(scenarios.length).toBeGreaterThanOrEqual(3);
	});

	it.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))('of %s', (id, compiled) => {
		const golden = JSON.parse(readFileSync(join(folder, id, 'expected.json'), 'utf8')) as Golden;
		expect(golden.reason).not.toBe('');
		expect([golden.ideal.seed, golden.none.seed]).toEqual([GOLDEN_SEED, GOLDEN_SEED]);
		expect(goldenChanges(golden, playGolden(compiled))).toEqual([]);
	});
});

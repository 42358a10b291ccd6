import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { readScenarios } from './registry.ts';

const log = createLogger('silent');
let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('offers what can be played alone first, and reports a broken scenario with its place', () => {
	folder = mkdtempSync(join(tmpdir(), 'muster-scenarios-'));
	for (const name of ['_topologies', 'high-error-rate-bad-deploy', 'db-connection-pool-exhausted']) {
		cpSync(join('scenarios', name), join(folder, name), { recursive: true });
	}
	cpSync(join('scenarios', 'db-connection-pool-exhausted'), join(folder, 'broken'), { recursive: true });
	writeFileSync(join(folder, 'broken/scenario.yaml'), 'format: 1\nid: broken\ntitle: [\n');
	writeFileSync(join(folder, 'README.md'), 'not a scenario');
	const registry = readScenarios(folder, log);
	expect(registry.find('high-error-rate-bad-deploy')?.scenario.difficulty).toBe(1);
	expect(registry.cards.map(({ id }) => id)).toEqual(['high-error-rate-bad-deploy', 'db-connection-pool-exhausted']);
	expect(registry.broken).toEqual([
		{ id: 'broken', message: expect.stringMatching(/^broken\/scenario\.yaml:\d+:\d+: /) }
	]);
	expect(registry.find('broken')).toBeNull();
	expect(registry.find('__proto__')).toBeNull();
});

it('is empty where there is no folder', () => {
	expect(readScenarios('/nowhere/at/all', log)).toMatchObject({ cards: [], broken: [] });
});

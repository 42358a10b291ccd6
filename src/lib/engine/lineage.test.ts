import { expect, it } from 'vitest';
import type { WorldState } from '../world/index.ts';
import { Lineage } from './lineage.ts';

const world = (): WorldState => ({
	curves: {},
	versions: {},
	restarts: [],
	replicas: [],
	instruments: [],
	logs: [],
	faults: {}
});

it('tells what continues from what branches off', () => {
	const lineage = new Lineage();
	const [root, one, two, branch, other] = [world(), world(), world(), world(), world()];
	lineage.follows(root, one);
	lineage.follows(one, two);
	lineage.follows(one, branch);
	expect(lineage.continues(two, root)).toBe(true);
	expect(lineage.continues(two, two)).toBe(true);
	expect(lineage.continues(root, two)).toBe(false);
	expect(lineage.continues(branch, two)).toBe(false);
	// A branch could go on with what was known before it, but is not trusted to: it begins anew.
	expect(lineage.continues(branch, root)).toBe(false);
	expect(lineage.continues(other, root)).toBe(false);
});

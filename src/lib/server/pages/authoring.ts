// What authors choose from.

import { join } from 'node:path';
import { loadTopology } from '../../scenario/load.ts';
import { muster } from '../muster.ts';
import { readFiles } from '../scenarios/registry.ts';

/** The archetypes that a scenario may stand on. */
export function listArchetypes(): { id: string; about: string }[] {
	const files = readFiles(join(muster().config.root, 'scenarios', '_topologies'));
	return Object.keys(files)
		.filter((name) => name.endsWith('.yaml') && !name.endsWith('.rules.yaml'))
		.flatMap((name) => loadTopology(name.replace(/\.yaml$/, ''), files).topology ?? [])
		.map(({ id, about }) => ({ id, about }));
}

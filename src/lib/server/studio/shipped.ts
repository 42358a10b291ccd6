// The files of a scenario that is shipped, as they stand on disk.

import { join } from 'node:path';
import { readFiles } from '../scenarios/registry.ts';
import { isScenarioFile } from './files.ts';

/** Only for a name that the registry knows: it becomes a path. */
export function shippedFiles(root: string, id: string): Record<string, string> {
	const files = readFiles(join(root, 'scenarios', id));
	return Object.fromEntries(Object.entries(files).filter(([path]) => isScenarioFile(path)));
}

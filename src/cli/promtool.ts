// `muster export <scenario> --promtool`: writes the files and says how to run them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promtoolExport } from '../lib/lab/promtool-export.ts';
import { failWith } from './problems.ts';
import { openScenario } from './scenarios.ts';
import { UsageError } from './usage.ts';

interface Flags {
	format?: string | undefined;
	out?: string | undefined;
	seed?: string | undefined;
}

export function exportForPromtool([name, ...more]: string[], { format, out, seed = '1' }: Flags): number {
	if (name === undefined) throw new UsageError('which scenario? Give its id or its folder');
	if (more.length > 0) throw new UsageError(`one scenario at a time, not also ${more.join(', ')}`);
	if (format !== undefined) throw new UsageError('--format does not go with --promtool');
	const found = openScenario(name);
	if (!found.ok) return failWith(found.problems, false);
	const { id } = found.compiled.scenario;
	const { files, testFile, moments, alerts } = promtoolExport(found.compiled, seed);
	const folder = out ?? `${id}-promtool`;
	mkdirSync(folder, { recursive: true });
	for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
	console.log(
		`${id}: ${alerts} alerts expected at ${moments} moments. Now run: promtool test rules ${join(folder, testFile)}`
	);
	return 0;
}

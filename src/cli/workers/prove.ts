// The work of a prover's thread: one scenario, loaded and held against its promises.

import { prove, type Proven } from '../../lib/lab/prove.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import type { Problem } from '../../lib/scenario/problem.ts';
import { filesOf, fromHere, topologiesOf, type ScenarioFolder } from '../scenarios.ts';
import { answer } from './work.ts';

export interface ProveTask {
	folder: ScenarioFolder;
	seeds: string[];
}

export type ProveResult = { ok: true; proven: Proven } | { ok: false; problems: Problem[] };

answer<ProveTask, ProveResult>(({ folder, seeds }, onProgress) => {
	const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
	if (!loaded.ok) return { ok: false, problems: fromHere(loaded.problems, folder) };
	return { ok: true, proven: prove(loaded.compiled, seeds, { onProgress }) };
});

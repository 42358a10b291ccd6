// The work of a thread that plays reference runs: one scenario, loaded and played by everybody.

import { playGolden, type Golden } from '../../lib/lab/golden.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import type { Problem } from '../../lib/scenario/problem.ts';
import { filesOf, fromHere, topologiesOf, type ScenarioFolder } from '../scenarios.ts';
import { answer } from './work.ts';

export type GoldenResult = { ok: true; golden: Omit<Golden, 'reason'> } | { ok: false; problems: Problem[] };

answer<ScenarioFolder, GoldenResult>((folder, onProgress) => {
	const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
	if (!loaded.ok) return { ok: false, problems: fromHere(loaded.problems, folder) };
	return { ok: true, golden: playGolden(loaded.compiled, onProgress) };
});

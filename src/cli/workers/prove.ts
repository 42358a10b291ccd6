// The work of a prover's thread: one scenario, loaded and held against its promises.

import { prove, proveVariants, type Proven, type ProvenVariant } from '../../lib/lab/prove.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import type { Problem } from '../../lib/scenario/problem.ts';
import { filesOf, fromHere, topologiesOf, type ScenarioFolder } from '../scenarios.ts';
import { answer } from './work.ts';

export interface ProveTask {
	folder: ScenarioFolder;
	seeds: string[];
	/** For the variants; none where they are left out. */
	variantSeeds: string[];
}

export type ProveResult = { ok: true; proven: Proven; variants: ProvenVariant[] } | { ok: false; problems: Problem[] };

/** Variants take about so much of the time. */
const VARIANTS_SHARE = 0.2;

answer<ProveTask, ProveResult>(({ folder, seeds, variantSeeds }, onProgress) => {
	const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
	if (!loaded.ok) return { ok: false, problems: fromHere(loaded.problems, folder) };
	const first = variantSeeds.length === 0 ? 1 : 1 - VARIANTS_SHARE;
	const proven = prove(loaded.compiled, seeds, { onProgress: (share) => onProgress(share * first) });
	const rest = (share: number) => onProgress(first + share * VARIANTS_SHARE);
	const variants = variantSeeds.length === 0 ? [] : proveVariants(loaded.compiled, variantSeeds, rest);
	return { ok: true, proven, variants };
});

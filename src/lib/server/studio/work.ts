// What the studio's thread is asked, and what it does: it knows nothing of threads, so that tests call it as it is.

import { createEngine } from '../../engine/index.ts';
import { checkSignals } from '../../lab/lint-signals.ts';
import { STUDIO_PLAYERS, type PreviewLine, type StudioFiles, type StudioProblem } from '../../protocol/studio.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { loadScenario, type Files, type LoadedScenario } from '../../scenario/load.ts';
import type { Problem } from '../../scenario/problem.ts';
import { describeSystem } from './describe.ts';
import { Endless, playFor } from './play.ts';

/** What the loader says of files. */
export interface Checked {
	/** Null where they do not load. */
	compiled: CompiledScenario | null;
	problems: StudioProblem[];
}

export function check(id: string, files: StudioFiles, topologies: Files): Checked {
	const loaded = loadScenario(id, files, topologies, [checkSignals]);
	return { compiled: loaded.ok ? loaded.compiled : null, problems: problemsOf(id, loaded) };
}

/** Checks files and, where they load, plays them with every policy. `alive` throws where nobody waits any more. */
export function preview(
	{ id, files, seed }: { id: string; files: StudioFiles; seed: string },
	topologies: Files,
	tell: (line: PreviewLine) => void,
	alive: () => void
): void {
	const { compiled, problems } = check(id, files, topologies);
	const system = compiled ? describeSystem(compiled, files['scenario.yaml'] ?? '') : null;
	tell({ type: 'checked', problems, system });
	if (!compiled || !system) return tell({ type: 'done' });
	// One engine for all: what it remembers of a seed serves every policy.
	const engine = createEngine(compiled, seed);
	try {
		for (const player of STUDIO_PLAYERS) {
			alive();
			tell({ type: 'run', run: playFor(engine, player, seed, system, alive) });
		}
		tell({ type: 'done' });
	} catch (error) {
		if (!(error instanceof Endless)) throw error;
		tell({ type: 'failed', message: error.message });
	}
}

/** More than anybody reads at once. */
const MOST_PROBLEMS = 200;

/** Problems by the scenario's own files, as its tabs are called; a topology keeps its folder. */
function problemsOf(id: string, loaded: LoadedScenario): StudioProblem[] {
	const found: readonly Problem[] = loaded.ok ? loaded.warnings : loaded.problems;
	return found.slice(0, MOST_PROBLEMS).map((problem) => ({
		...problem,
		file: problem.file.startsWith(`${id}/`) ? problem.file.slice(id.length + 1) : problem.file
	}));
}

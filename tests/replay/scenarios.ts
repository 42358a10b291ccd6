import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { loadScenario, type Files } from '../../src/lib/scenario/load.ts';

const ROOT = join(import.meta.dirname, '../../scenarios');

/** Every shipped scenario that loads, by its id; those that do not are named in the errors. */
export function shippedScenarios(): { scenarios: CompiledScenario[]; broken: string[] } {
	const topologies = existsSync(join(ROOT, '_topologies')) ? filesOf(join(ROOT, '_topologies')) : {};
	const scenarios: CompiledScenario[] = [];
	const broken: string[] = [];
	const slugs = existsSync(ROOT)
		? readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'scenario.yaml')))
		: [];
	for (const slug of slugs.sort()) {
		const loaded = loadScenario(slug, filesOf(join(ROOT, slug)), topologies);
		if (loaded.ok) scenarios.push(loaded.compiled);
		else broken.push(...loaded.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`));
	}
	return { scenarios, broken };
}

function filesOf(folder: string): Files {
	const files: Record<string, string> = {};
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (/\.(yaml|md)$/.test(name)) files[name] = readFileSync(join(folder, name), 'utf8');
	}
	return files;
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, loadTopology, type Files } from './load.ts';
import { formatProblem } from './problem.ts';

const ROOT = 'scenarios';

function filesUnder(folder: string): Files {
	const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
	return Object.fromEntries(
		paths
			.filter((path) => statSync(path).isFile())
			.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')])
	);
}

const topologies = filesUnder(join(ROOT, '_topologies'));
const slugs = readdirSync(ROOT, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
	.map((entry) => entry.name);

describe('what we ship', () => {
	it.each(slugs)('%s loads without a problem or a warning', (slug) => {
		const loaded = loadScenario(slug, filesUnder(join(ROOT, slug)), topologies);
		expect((loaded.ok ? loaded.warnings : loaded.problems).map(formatProblem)).toEqual([]);
	});

	it.each(Object.keys(topologies).filter((name) => !name.endsWith('.rules.yaml')))('%s is sound', (name) => {
		expect(loadTopology(name.replace(/\.yaml$/, ''), topologies).problems.map(formatProblem)).toEqual([]);
	});
});

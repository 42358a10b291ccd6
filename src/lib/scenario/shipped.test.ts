import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { automationShare } from './automation.ts';
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
const load = (slug: string) => loadScenario(slug, filesUnder(join(ROOT, slug)), topologies);
const compiled = () => slugs.map(load).flatMap((each) => (each.ok ? [each.compiled] : []));

describe('what we ship', () => {
	it.each(slugs)('%s loads without a problem or a warning', (slug) => {
		const loaded = load(slug);
		expect((loaded.ok ? loaded.warnings : loaded.problems).map(formatProblem)).toEqual([]);
	});

	it('leaves about seven in ten common remedies to tools', () => {
		const { automated, common } = automationShare(compiled());
		expect(common).toBeGreaterThan(150);
		expect(automated / common).toBeGreaterThanOrEqual(0.65);
		expect(automated / common).toBeLessThanOrEqual(0.78);
	});

	it('tempts with every set of procedures: at least one of them does not help', () => {
		const helpsOnly = compiled().flatMap(({ scenario, runbooks }) => {
			const helps = (id: string | undefined) =>
				['effective', 'partial'].includes(scenario.mitigations.find((one) => one.id === id)?.verdict ?? '');
			return runbooks
				.filter(({ kind, steps }) => kind === 'procedures' && steps.every(({ runs }) => helps(runs)))
				.map(({ id }) => `${scenario.id}/${id}`);
		});
		expect(helpsOnly).toEqual([]);
	});

	it.each(Object.keys(topologies).filter((name) => !name.endsWith('.rules.yaml')))('%s is sound', (name) => {
		expect(loadTopology(name.replace(/\.yaml$/, ''), topologies).problems.map(formatProblem)).toEqual([]);
	});
});

import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario, loadTopology, type Files } from './load.ts';
import { checkOwnTopology, readOwnTopology, rename, type OwnTopology } from './own-topology.ts';
import { formatProblem } from './problem.ts';
import type { Topology } from './scenario.schema.ts';

const TOPOLOGIES: Files = Object.fromEntries(
	readdirSync('scenarios/_topologies').map((name) => [name, readFileSync(`scenarios/_topologies/${name}`, 'utf8')])
);
const ARCHETYPES: Topology[] = Object.keys(TOPOLOGIES)
	.filter((name) => /^[a-z]+\.yaml$/.test(name))
	.flatMap((name) => loadTopology(name.replace('.yaml', ''), TOPOLOGIES).topology ?? []);
const SLUGS = readdirSync('scenarios').filter((slug) => existsSync(`scenarios/${slug}/scenario.yaml`));

function filesOf(slug: string): Files {
	const runbooks = existsSync(`scenarios/${slug}/runbooks`) ? readdirSync(`scenarios/${slug}/runbooks`) : [];
	const names = ['scenario.yaml', 'rules.yaml', ...runbooks.map((name) => `runbooks/${name}`)];
	return Object.fromEntries(
		names
			.filter((name) => existsSync(`scenarios/${slug}/${name}`))
			.map((name) => [name, readFileSync(`scenarios/${slug}/${name}`, 'utf8')])
	);
}
/** Every service under a name that none of the words of any scenario is. */
const wholly = (base: Topology): OwnTopology => ({
	format: 1,
	id: 'ours',
	name: 'Ours',
	base: base.id,
	services: Object.fromEntries(Object.keys(base.services).map((name, index) => [`zz${index}`, { as: name }])),
	dependencies: []
});
const loadAs = (slug: string, own: (base: Topology) => OwnTopology) => {
	const files = filesOf(slug);
	const plain = loadScenario(slug, files, TOPOLOGIES);
	if (!plain.ok) throw new Error(plain.problems.map(formatProblem).join('\n'));
	const base = ARCHETYPES.find(({ id }) => id === plain.compiled.topology.id);
	if (!base) throw new Error('no archetype');
	const renamed = rename(own(base), files, TOPOLOGIES);
	if (!renamed.ok) throw new Error(renamed.message);
	return { plain, base, loaded: loadScenario(slug, renamed.files, renamed.topologies) };
};

it.each(SLUGS)('%s is whole under names of a team', (slug) => {
	const { plain, base, loaded } = loadAs(slug, wholly);
	if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
	expect(loaded.warnings.map(({ code }) => code)).toEqual(plain.warnings.map(({ code }) => code));
	const { compiled } = loaded;
	expect(Object.keys(compiled.services).filter((name) => Object.hasOwn(base.services, name))).toEqual([]);
	const text = JSON.stringify(compiled);
	for (const name of Object.keys(base.services).filter((one) => one.includes('-'))) {
		expect(text.match(new RegExp(`(?<![A-Za-z0-9_-])${name}(?![A-Za-z0-9_-])`))?.[0]).toBeUndefined();
	}
	// What a machine says of a service whose name is a word as well.
	for (const { labels } of compiled.rules.groups.flatMap(
		({ rules }) => rules as { labels?: Record<string, string> }[]
	)) {
		for (const value of Object.values(labels ?? {})) expect(Object.keys(base.services)).not.toContain(value);
	}
});

it('leaves prose its words, and takes metrics, logs and labels', () => {
	const { loaded } = loadAs('wishlist-flag-flip', () => ({
		format: 1,
		id: 'ours',
		name: 'Ours',
		base: 'shop',
		services: { checkout: { as: 'web' }, kasse: { as: 'checkout', about: 'Our checkout in Vienna' } },
		dependencies: []
	}));
	if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
	const { scenario, services, dependencies } = loaded.compiled;
	expect(Object.keys(services)).toEqual(expect.arrayContaining(['checkout', 'kasse']));
	expect(services.kasse?.about).toBe('Our checkout in Vienna');
	expect(dependencies).toContainEqual(expect.objectContaining({ from: 'checkout', to: 'api-gw' }));
	expect(scenario.synopsis).toBe(
		'Thursday, half past four. Visitors of the shop press the heart and get an error; some believe that their wishlist was deleted. Nothing was released today. You are on call alone, and ten minutes are plenty.'
	);
});

describe('a file of a team', () => {
	const FILE = `format: 1\nid: acme\nname: ACME\nbase: shop\nservices:\n  kasse: { as: checkout }\n  bestell-db: { as: orders-db }\ndependencies: [kasse>bestell-db]\n`;
	const problems = (text: string) => {
		const reading = readOwnTopology('acme.yaml', text);
		return (reading.ok ? checkOwnTopology(reading.parsed, ARCHETYPES) : reading.problems).map(formatProblem);
	};

	it('is good where every service stands for one of the archetype', () => expect(problems(FILE)).toEqual([]));

	it.each([
		[FILE.replace('base: shop', 'base: shopp'), /^acme\.yaml:4:7: unknown_topology: .* did you mean "shop"\?/],
		[FILE.replace('as: checkout', 'as: chekout'), /^acme\.yaml:6:16: unknown_service: .* did you mean "checkout"\?/],
		[FILE.replace('as: orders-db', 'as: checkout'), /"kasse" stands for checkout already/],
		[FILE.replace('kasse: {', 'cart: {').replace('kasse>', 'cart>'), /has a "cart" of its own/],
		[FILE.replace('kasse>bestell-db', 'kasse>lager'), /"lager" is none of your services/],
		[FILE.replace('kasse>bestell-db', 'kasse'), /expected caller>callee/],
		[FILE.replace('format: 1', 'format: 2'), /^acme\.yaml:1:9: schema/]
	])('is refused with its place otherwise (%#)', (text, words) => {
		expect(problems(text)[0]).toMatch(words);
	});
});

it('draws what a team says calls what, without letting failures pass along', () => {
	const { loaded } = loadAs('wishlist-flag-flip', () => ({
		format: 1,
		id: 'ours',
		name: 'Ours',
		base: 'shop',
		services: { kasse: { as: 'checkout' }, tor: { as: 'api-gw' } },
		dependencies: ['tor>kasse', 'kasse>tor']
	}));
	// A cycle is refused like in any other scenario.
	expect(loaded.ok).toBe(false);
});

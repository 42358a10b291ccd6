/**
 * A team's own system in place of an archetype's: its services carry the team's names wherever a run shows them, in metrics and
 * labels, logs, commands and rules. The system stays the archetype's, so what was proven of a scenario stays proven. The files of
 * the scenario are rewritten before they are read, and the whole is checked like any other scenario.
 */
import { parse, stringify } from 'yaml';
import { splitFrontMatter } from './front-matter.ts';
import type { Files } from './load.ts';
import { suggestion } from './nearest.ts';
import { ownTopologySchema, type OwnTopologyFile } from './own-topology.schema.ts';
import type { Problem } from './problem.ts';
import { Renaming } from './renaming.ts';
import type { Topology } from './scenario.schema.ts';
import { readWith, type Parsed, type Reading } from './sources.ts';

export type OwnTopology = OwnTopologyFile;

const MOST_SERVICES = 100;

export function readOwnTopology(file: string, text: string): Reading<OwnTopology> {
	return readWith(ownTopologySchema, file, text);
}

/** What does not fit the archetype that it names. Null where there is no such archetype: then nothing else can be said. */
export function checkOwnTopology({ value, source }: Parsed<OwnTopology>, archetypes: readonly Topology[]): Problem[] {
	const problems: Problem[] = [];
	const report = (path: (string | number)[], code: string, message: string) =>
		problems.push({ file: source.file, ...source.locate(path), code, message, severity: 'error' });
	const base = archetypes.find(({ id }) => id === value.base);
	if (!base) {
		report(
			['base'],
			'unknown_topology',
			`there is no archetype "${value.base}": ${suggestion(
				value.base,
				archetypes.map(({ id }) => id)
			)}`
		);
		return problems;
	}
	const names = Object.keys(value.services);
	const theirs = Object.keys(base.services);
	if (names.length === 0)
		report(['services'], 'no_services', 'name at least one service of yours and what it stands for');
	if (names.length > MOST_SERVICES)
		report(['services'], 'too_many', `more than ${MOST_SERVICES} services: name those that take part`);
	const taken = new Map<string, string>();
	for (const [name, { as }] of Object.entries(value.services)) {
		if (!theirs.includes(as)) {
			report(
				['services', name, 'as'],
				'unknown_service',
				`the archetype ${base.id} has no service "${as}": ${suggestion(as, theirs)}`
			);
		}
		const other = taken.get(as);
		if (other !== undefined)
			report(['services', name, 'as'], 'duplicate', `"${other}" stands for ${as} already: keep one`);
		taken.set(as, name);
	}
	for (const name of names) {
		if (theirs.includes(name) && !taken.has(name)) {
			report(
				['services', name],
				'duplicate',
				`the archetype has a "${name}" of its own that keeps its name: choose another, or rename that one, too`
			);
		}
	}
	value.dependencies.forEach((written, index) => {
		const pair = edgeOf(written);
		const strangers = pair?.filter((name) => !names.includes(name)) ?? [];
		if (!pair) report(['dependencies', index], 'dependency', `cannot read "${written}": expected caller>callee`);
		else if (strangers[0] !== undefined) {
			report(
				['dependencies', index],
				'unknown_service',
				`"${strangers[0]}" is none of your services: ${suggestion(strangers[0], names)}`
			);
		}
	});
	return problems;
}

export type Renamed = { ok: true; files: Files; topologies: Files } | { ok: false; message: string };

/** The files of a scenario and of its archetype in a team's names. `own` was checked against this archetype. */
export function rename(own: OwnTopology, files: Files, topologies: Files): Renamed {
	const names = new Map(Object.entries(own.services).map(([name, { as }]) => [as, name]));
	const renaming = new Renaming(names);
	try {
		const renamed: Record<string, string> = {};
		for (const [name, text] of Object.entries(files)) {
			if (name === 'scenario.yaml') renamed[name] = written(renaming.scenario(parse(text)));
			else if (name === 'rules.yaml') renamed[name] = written(renaming.rules(parse(text)));
			else if (/^runbooks\/.+\.md$/.test(name)) renamed[name] = runbook(renaming, text);
			else renamed[name] = text;
		}
		const base = `${own.base}.yaml`;
		const shared = `${own.base}.rules.yaml`;
		const topology = withDependencies(renaming.topology(parse(topologies[base] ?? '')), own);
		return {
			ok: true,
			files: renamed,
			topologies: {
				...topologies,
				[base]: written(topology),
				...(topologies[shared] !== undefined && { [shared]: written(renaming.rules(parse(topologies[shared] ?? ''))) })
			}
		};
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : String(error) };
	}
}

function runbook(renaming: Renaming, text: string): string {
	const front = splitFrontMatter(text);
	if (!front) return text;
	return `---\n${written(renaming.runbook(parse(front.yaml)))}---\n${renaming.prose(front.body)}\n`;
}

/** Edges that the archetype has not are drawn and traced by nobody's failures: nothing passes along them. */
function withDependencies(topology: Record<string, unknown>, own: OwnTopology): Record<string, unknown> {
	const known = (topology.dependencies as { from: string; to: string }[] | undefined) ?? [];
	const added = own.dependencies.flatMap((text) => {
		const [from, to] = edgeOf(text) ?? [];
		if (from === undefined || to === undefined || known.some((one) => one.from === from && one.to === to)) return [];
		return [{ from, to, errors: 0, latency: 0 }];
	});
	const services = topology.services as Record<string, Record<string, unknown>>;
	for (const [name, { about }] of Object.entries(own.services)) {
		if (about !== undefined && services[name]) services[name] = { ...services[name], about };
	}
	return { ...topology, dependencies: [...known, ...added] };
}

function edgeOf(text: string): [string, string] | null {
	const match = /^\s*([a-z0-9][a-z0-9_-]*)\s*>\s*([a-z0-9][a-z0-9_-]*)\s*$/.exec(text);
	return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : null;
}

function written(value: unknown): string {
	return stringify(value, { lineWidth: 0 });
}

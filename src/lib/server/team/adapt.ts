// A scenario as a team plays it: with its own runbooks, and where it chose so, in the names of its own system.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { loadScenario } from '../../scenario/load.ts';
import { withOwnRunbooks } from '../../scenario/own-runbook.ts';
import { rename } from '../../scenario/own-topology.ts';
import { formatProblem } from '../../scenario/problem.ts';
import type { Muster } from '../muster.ts';
import { readTeamFiles, type TeamFiles } from './files.ts';

export type Adapt = (compiled: CompiledScenario) => { ok: true; compiled: CompiledScenario } | Refusal;

/** `system` is the id of a team's own; null for the one that the scenario was written for. */
export async function teamAdapter(
	muster: Pick<Muster, 'config' | 'storage' | 'scenarios' | 'log'>,
	system: string | null
): Promise<Adapt> {
	const team = await readTeamFiles(muster);
	return (compiled) => adapted(muster, team, compiled, system);
}

function adapted(
	{ scenarios, log }: Pick<Muster, 'scenarios' | 'log'>,
	team: TeamFiles,
	compiled: CompiledScenario,
	system: string | null
): ReturnType<Adapt> {
	if (system === null) return { ok: true, compiled: withOwnRunbooks(compiled, team.runbooks) };
	const own = team.systems.find(({ id }) => id === system);
	if (!own) return refuse('unknown_id', 'That system is not there any more: choose another, or none.');
	if (own.base !== compiled.topology.id) {
		return refuse(
			'unknown_id',
			`“${own.name}” is like ${own.base}, and this scenario plays on ${compiled.topology.id}.`
		);
	}
	const source = scenarios.source?.(compiled.scenario.id) ?? null;
	if (!source) return refuse('unknown_id', 'The files of this scenario are not at hand: play it as it was written.');
	const renamed = rename(own, source.files, source.topologies);
	const loaded = renamed.ok ? loadScenario(compiled.scenario.id, renamed.files, renamed.topologies) : null;
	if (loaded?.ok) return { ok: true, compiled: withOwnRunbooks(loaded.compiled, team.runbooks) };
	const first = loaded && !loaded.ok ? loaded.problems[0] : undefined;
	const why = first ? formatProblem(first) : renamed.ok ? 'It cannot be read.' : renamed.message;
	log.warn({ system, scenario: compiled.scenario.id, problem: why }, 'a system of a team does not fit a scenario');
	return refuse('malformed', `This scenario does not work with “${own.name}”: ${first?.message ?? why}.`);
}

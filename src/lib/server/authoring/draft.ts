// A draft for the page: what the command writes into a folder, as texts.

import { join } from 'node:path';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { draftScenario } from '../../lab/draft/draft-scenario.ts';
import { readPostmortem } from '../../lab/draft/postmortem-text.ts';
import type { DraftAnswer, DraftRequest } from '../../protocol/authoring.ts';
import { lintScenario } from '../../scenario/lint.ts';
import { formatProblem } from '../../scenario/problem.ts';
import type { Muster } from '../muster.ts';
import { readFiles } from '../scenarios/registry.ts';

export function draftFor({ config }: Pick<Muster, 'config'>, { text, topology }: DraftRequest): DraftAnswer | Refusal {
	const reading = readPostmortem(text);
	if (!reading.ok) return refuse('malformed', `Line ${reading.line}: ${reading.message}.`);
	const topologies = readFiles(join(config.root, 'scenarios', '_topologies'));
	const drafted = draftScenario(reading.postmortem, topologies, topology === '' ? {} : { topology });
	if (!drafted.ok) return refuse('malformed', `${drafted.message}.`);
	const { slug, files, decisions, unplaced } = drafted;
	return { slug, files, decisions, unplaced, problems: lintScenario(slug, files, topologies).map(formatProblem) };
}

/**
 * A post-mortem as the draft of a scenario: its timeline becomes changes, injects, mitigations and the states of a fault, its
 * causes the ground truth. What nobody can read out of a post-mortem is guessed, marked, and listed for a person to decide.
 */
import { loadTopology, type Files } from '../../scenario/load.ts';
import type { Topology } from '../../scenario/scenario.schema.ts';
import { placeOf, storyOf, symptomOf } from './plan.ts';
import type { PostmortemText } from './postmortem-text.ts';
import { rulesText, runbookText, scenarioText, type Draft } from './draft-files.ts';
import { decisionsIn, slugOf, type Decision } from './yaml-writer.ts';

export interface DraftOptions {
	/** Name of the folder, and id; made of the post-mortem's key unless given. */
	slug?: string;
	/** An archetype; the one whose services the post-mortem names unless given. */
	topology?: string;
}

export type DraftResult =
	| {
			ok: true;
			slug: string;
			/** Texts by their path in the scenario's folder. */
			files: Files;
			decisions: Decision[];
			/** Lines of the post-mortem that no part of the draft was made of. */
			unplaced: { line: number; text: string }[];
	  }
	| { ok: false; message: string };

export function draftScenario(postmortem: PostmortemText, topologies: Files, options: DraftOptions = {}): DraftResult {
	const known = topologiesOf(topologies);
	const usable = options.topology === undefined ? known : known.filter(({ id }) => id === options.topology);
	if (usable.length === 0) {
		return {
			ok: false,
			message: `there is no topology "${options.topology ?? ''}": choose one of ${known.map(({ id }) => id).join(', ')}`
		};
	}
	const place = placeOf(postmortem, usable);
	if (!place) return { ok: false, message: 'no service of the topology has callers whose requests are counted' };
	const slug = options.slug ?? `${slugOf(`${postmortem.key} ${postmortem.title}`, 'draft')}-draft`;
	const draft: Draft = { slug, postmortem, place, story: storyOf(postmortem), symptom: symptomOf(postmortem) };
	const files: Files = {
		'scenario.yaml': scenarioText(draft),
		'rules.yaml': rulesText(draft),
		'runbooks/as-it-was-done.md': runbookText(draft)
	};
	return {
		ok: true,
		slug,
		files,
		decisions: Object.entries(files).flatMap(([name, text]) => decisionsIn(`${slug}/${name}`, text)),
		unplaced: postmortem.unplaced
	};
}

function topologiesOf(files: Files): Topology[] {
	return Object.keys(files)
		.filter((name) => name.endsWith('.yaml') && !name.endsWith('.rules.yaml'))
		.flatMap((name) => loadTopology(name.replace(/\.yaml$/, ''), files).topology ?? []);
}

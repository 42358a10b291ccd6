/** The ways in which trainees who know no scenario choose what to try. Each sees what the room sees, and nothing else. */
import type { CommandBody } from '../incident/command.ts';
import type { RoomInfo } from '../engine/index.ts';
import type { PolicyView } from './policy.ts';
import { heard, wordsOf, type Memory, type Temper } from './trainee.ts';

type Offered = RoomInfo['mitigations'][number];
type RunbookStep = RoomInfo['runbooks'][number]['steps'][number];

/** Guesses: any mitigation that was not tried yet, by chance. */
export const RANDOM: Temper = {
	name: 'random',
	looks: 0,
	next({ room }, memory) {
		const { tried, draw } = memory;
		const left = untried(room.mitigations, memory);
		const chosen = left[Math.floor(draw(`choice ${tried.length}`) * left.length)];
		return chosen ? apply(chosen) : null;
	}
};

/** Does the first thing that looks plausible: takes the last change of an alerting service back, restarts it, adds to it. */
export const HASTY: Temper = {
	name: 'hasty',
	looks: 1,
	next(view, memory) {
		const left = untried(view.room.mitigations, memory);
		const scored = left.map((offered) => ({ offered, score: plausibility(offered, view) }));
		const best = scored.toSorted((a, b) => b.score - a.score)[0];
		return best ? apply(best.offered) : null;
	}
};

/** Follows the runbook of the first alert literally, step by step; where it ends without success, does what looks plausible. */
export const NOVICE: Temper = {
	name: 'novice',
	looks: 2,
	next(view, memory) {
		return followRunbook(view, memory) ?? HASTY.next(view, memory);
	}
};

const HOUR_MS = 3_600_000;

function plausibility(offered: Offered, { state, room, simMs }: PolicyView): number {
	const words = `${offered.name} ${offered.command} ${offered.description}`.toLowerCase();
	const alerting = new Set(state.alerts.map(({ labels }) => labels.service ?? '').filter(Boolean));
	const named = room.services.map(({ name }) => name).filter((name) => words.includes(name));
	// Where no alert names a service, what people say may.
	const said = alerting.size > 0 ? '' : heard(state).toLowerCase();
	const concerned = named.some((name) => alerting.has(name) || said.includes(name));
	const now = room.startsAt + simMs;
	const changed = state.changes.some(({ service, at }) => named.includes(service) && now - at <= HOUR_MS);
	const quick = offered.takesMs <= 5 * 60_000 ? 1 : 0;
	const kinds: Record<string, number> = {
		rollback: changed ? 6 : 1,
		flag_toggle: changed ? 5 : 1,
		restart: 3,
		scale_out: 2
	};
	return (kinds[offered.kind] ?? 0) + (concerned ? 3 : 0) + quick;
}

function followRunbook(view: PolicyView, memory: Memory): CommandBody | null {
	const { state, room } = view;
	// Procedures are to be chosen from: nothing in them says which.
	const guides = room.runbooks.filter(({ kind }) => kind === 'guide');
	const meant = guides.find(({ alerts }) => state.alerts.some(({ name }) => alerts.includes(name)));
	const fitting = meant ?? (state.alerts.length === 0 ? likest(guides, view) : undefined);
	if (!fitting) return null;
	const open = state.runbooks.find(({ runbookId }) => runbookId === fitting.id);
	if (!open) return { type: 'openRunbook', runbookId: fitting.id };
	const done = new Set(open.steps.map(({ stepId }) => stepId));
	if (open.finished) return null;
	for (const step of fitting.steps.filter(({ id }) => !done.has(id))) {
		const body = bodyOf(step, fitting.id, untried(room.mitigations, memory));
		if (!memory.refused(body)) return body;
	}
	return null;
}

/** Where no alert names a runbook, the one whose name and text share the most words with what people say. */
function likest(guides: RoomInfo['runbooks'], { state }: PolicyView): RoomInfo['runbooks'][number] | undefined {
	const words = wordsOf(heard(state));
	const likeness = ({ name, body }: RoomInfo['runbooks'][number]) =>
		[...wordsOf(`${name} ${body}`)].filter((word) => words.has(word)).length;
	return guides.filter((one) => likeness(one) > 0).toSorted((a, b) => likeness(b) - likeness(a))[0];
}

function bodyOf(step: RunbookStep, runbookId: string, left: readonly Offered[]): CommandBody {
	if (step.kind === 'automated') return { type: 'runStep', runbookId, stepId: step.id };
	const means = left.find((offered) => speaksOf(step, offered));
	if (means) return { ...apply(means), runbookId, stepId: step.id };
	return { type: 'completeStep', runbookId, stepId: step.id, result: 'done as written' };
}

function untried(offered: readonly Offered[], { tried, refused }: Memory): Offered[] {
	return offered.filter((one) => !tried.includes(one.id) && !refused(apply(one)));
}

/** A step that names a command, or most of the words of a mitigation's name, is taken to mean it. */
function speaksOf(step: RunbookStep, offered: Offered): boolean {
	const text = `${step.title} ${step.text} ${step.command ?? ''}`.toLowerCase();
	if (text.includes(offered.command.toLowerCase())) return true;
	const words = offered.name
		.toLowerCase()
		.split(/[^a-z0-9-]+/)
		.filter((word) => word.length > 3);
	const found = words.filter((word) => text.includes(word)).length;
	return words.length >= 2 && found / words.length >= 0.75;
}

function apply({ id }: Offered): CommandBody & { type: 'applyMitigation' } {
	return { type: 'applyMitigation', mitigationId: id, runbookId: null, stepId: null };
}

import type { Actor } from '../incident/actor.ts';
import { refuse, type Refusal } from '../incident/refusal.ts';
import { MUSTER, type Run } from './run.ts';

/** Somebody asks for the next step of the hint ladder: it is given at once, to everyone, and that it was is remembered. */
export function requestHint(run: Run, participantId: string): Refusal | null {
	const text = nextOf(run);
	if (text === null) return refuse('wrong_state', 'There are no more hints: what you know has to do.');
	run.tell({ type: 'hint.requested', payload: {} }, { actor: { kind: 'participant', id: participantId } });
	give(run, text, MUSTER);
	return null;
}

/** A facilitator gives the next step, or a hint of their own. */
export function giveHint(run: Run, text: string | null, participantId: string): Refusal | null {
	const own = text?.trim() ?? '';
	const hint = own === '' ? nextOf(run) : own;
	if (hint === null) return refuse('wrong_state', 'The ladder has no more hints: write one of your own.');
	const actor = { kind: 'participant' as const, id: participantId };
	if (own === '') give(run, hint, actor);
	else run.tell({ type: 'hint.given', payload: { step: 0, text: hint } }, { actor });
	return null;
}

function nextOf(run: Run): string | null {
	return run.machinery.compiled.scenario.hints[run.state.hintsGiven] ?? null;
}

function give(run: Run, text: string, actor: Actor): void {
	run.state.hintsGiven += 1;
	run.tell({ type: 'hint.given', payload: { step: run.state.hintsGiven, text } }, { actor });
}

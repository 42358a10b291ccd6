/** What others wait for: updates, answers, tasks. */
import { isCommandRole } from '$lib/incident/role.ts';
import type { QuestionState } from '$lib/incident/state.ts';
import { updateDue } from '../updates/due.ts';
import { act, falls, type Look } from './look.ts';

/** An update is put before the reader this long before it is due. */
const SOON_MS = 2 * 60_000;

export function overdueUpdate(look: Look) {
	const due = updateDue(look.state, look.policy);
	if (!due || !falls(look, 'communications_lead') || due.at - look.now > SOON_MS) return null;
	const late = due.at < look.now;
	return {
		open: late ? `The ${due.what} is overdue` : `The ${due.what} is due soon`,
		action: act('Write the update', { type: 'talk', talk: 'updates' })
	};
}

export function question(look: Look) {
	const waiting = look.state.questions.find((one) => one.needsAnswer && !one.answer && isMine(look, one));
	if (!waiting) return null;
	return {
		open: `${waiting.from} waits for an answer`,
		action: act(`Answer ${waiting.from}`, { type: 'talk', talk: 'updates', questionId: waiting.questionId })
	};
}

export function firstUpdate(look: Look) {
	const { state, policy } = look;
	if (!state.declared || state.updates.length > 0 || !updateDue(state, policy)) return null;
	if (!falls(look, 'communications_lead')) return null;
	const open = look.reader.seats.includes('communications_lead')
		? 'Customers have heard nothing yet'
		: 'Communications lead is open, so updates fall to you';
	return { open, action: act('Write the first update', { type: 'talk', talk: 'updates' }) };
}

export function lateTask({ state, reader, now }: Look) {
	const late = state.tasks.find(
		(one) => one.ownerId === reader.participantId && !one.done && one.dueAt !== null && one.dueAt < now
	);
	return late
		? { open: `Overdue: ${late.text}`, action: act('Open your tasks', { type: 'talk', talk: 'command' }) }
		: null;
}

function isMine(look: Look, { to }: QuestionState): boolean {
	return isCommandRole(to) ? falls(look, to) : true;
}

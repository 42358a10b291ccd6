/** What a successor has to know of, gathered from the state: a start for the list of a handover. Pure. */
import type { IncidentState } from '$lib/incident/state.ts';

export function openItems(state: IncidentState, participantId: string): string[] {
	return [
		...state.tasks.filter((task) => !task.done && task.ownerId === participantId).map((task) => `Task: ${task.text}`),
		...state.questions
			.filter((one) => one.needsAnswer && !one.answer)
			.map((one) => `${one.from} waits for an answer: ${one.text.slice(0, 120)}`),
		...state.mitigations.filter((one) => !one.finished).map((one) => `Under way: ${one.name}`),
		...state.hypotheses.filter((one) => !one.verdict).map((one) => `Open hypothesis: ${one.text}`)
	].slice(0, 12);
}

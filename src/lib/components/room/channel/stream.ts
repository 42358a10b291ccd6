/** The channel: what people wrote, and what happened, in one line of time. Pure. */
import { isBotNote } from '$lib/incident/bot-notes.ts';
import type { ViewEvent } from '$lib/incident/event.ts';
import { isAsked } from '$lib/incident/outside.ts';
import type { EvidenceState, MessageState, QuestionState } from '$lib/incident/state.ts';
import type { IncidentState } from '$lib/incident/state.ts';
import { wordsOf, type Words } from '../timeline/words.ts';

export type StreamLine =
	| { kind: 'message'; id: string; at: number; message: MessageState }
	| { kind: 'pin'; id: string; at: number; evidence: EvidenceState }
	| { kind: 'question'; id: string; at: number; question: QuestionState }
	| { kind: 'heard'; id: string; at: number; from: string; channel: string; text: string }
	| { kind: 'event'; id: string; at: number; words: Words };

/** What happens too often to stand among people's words; the timeline has it. The bot's notes repeat what stands here anyway. */
const QUIET = new Set<ViewEvent['type']>([
	'alert.updated',
	'telemetry.viewed',
	'message.corrected',
	'evidence.revealed',
	'diagnostic.started',
	'page.delivered',
	'role.proposed',
	'brief.updated',
	'runbook.step_completed',
	'runbook.step_skipped',
	'handoff.item_acknowledged',
	'change.deployed',
	'observation.recorded',
	// Stands in the question's card.
	'stakeholder.answered',
	'clock.speed_changed'
]);

export function streamOf(
	state: IncidentState,
	events: readonly ViewEvent[],
	name: (participantId: string | null) => string
): StreamLine[] {
	const messages = new Map(state.messages.map((one) => [one.messageId, one]));
	const pins = new Map(state.evidence.map((one) => [one.evidenceId, one]));
	const questions = new Map(state.questions.map((one) => [one.questionId, one]));
	const lines: StreamLine[] = [];
	for (const event of events) {
		const line = { id: `v${event.viewSeq}`, at: event.occurredAt };
		if (event.type === 'message.posted') {
			const message = messages.get(event.payload.messageId);
			if (message) lines.push({ ...line, kind: 'message', message });
		} else if (event.type === 'evidence.pinned') {
			const evidence = pins.get(event.payload.evidenceId);
			if (evidence) lines.push({ ...line, kind: 'pin', evidence });
		} else if (event.type === 'stakeholder.asked') {
			// A question that was handed on is asked again for its new audience: it is one question.
			const question = questions.get(event.payload.questionId);
			if (question && questions.delete(event.payload.questionId)) lines.push({ ...line, kind: 'question', question });
		} else if (event.type === 'inject.delivered') {
			// Facilitators hear of one that asked something twice; it stands here as its question.
			const { from, channel, text } = event.payload;
			if (!isAsked(state.questions, event.payload)) lines.push({ ...line, kind: 'heard', from, channel, text });
		} else if (!QUIET.has(event.type) && !isBotNote(event)) {
			const words = wordsOf(event, name, state);
			if (words) lines.push({ ...line, kind: 'event', words });
		}
	}
	// What is dated back stands where it belongs; the same moment keeps the order of the log.
	return lines.sort((a, b) => a.at - b.at);
}

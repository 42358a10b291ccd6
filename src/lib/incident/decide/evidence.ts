import { TRUTH } from '../actor.ts';
import { nextId } from '../next-id.ts';
import { refuse } from '../refusal.ts';
import { accept, happened, whenSaid, type DecideContext, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import type { IncidentState } from '../state.ts';
import type { Recorded } from '../command.ts';
import type { Refusal } from '../refusal.ts';

export const decideEvidence: Deciders<
	'addNote' | 'recordDecision' | 'pinEvidence' | 'viewTelemetry' | 'addAttachment'
> = {
	addNote: (state, command, context) => {
		const refusal = requireText(command.text, 'something: the note is empty') ?? checkReview(state, command, context);
		if (refusal) return refusal;
		const { said, options } = whenSaid(command, context);
		const payload = { noteId: nextId(state, 'note'), text: command.text, said };
		return happened(context, { type: 'note.added', payload }, options);
	},

	recordDecision: (state, command, context) => {
		const refusal = requireText(command.text, 'what was decided') ?? checkReview(state, command, context);
		if (refusal) return refusal;
		const { said, options } = whenSaid(command, context);
		const payload = { decisionId: nextId(state, 'decision'), text: command.text, said };
		return happened(context, { type: 'decision.recorded', payload }, options);
	},

	pinEvidence: (state, { source, title, text, of, series }, context) => {
		const refusal = requireText(title, 'in a title what this shows');
		if (refusal) return refusal;
		if (of !== null && !state.evidence.some((one) => one.evidenceId === of)) {
			return refuse('unknown_id', 'What you pin is not here: pin it from the tool that shows it.');
		}
		if (series.some((one) => one.times.length !== one.values.length)) {
			return refuse('malformed', 'A pinned series needs as many times as values.');
		}
		const evidenceId = nextId(state, 'evidence');
		return happened(context, { type: 'evidence.pinned', payload: { evidenceId, source, title, text, of, series } });
	},

	// Only those who respond count as having looked, and the room is not told: it is for the facilitator and the debrief.
	viewTelemetry: (state, { tool, services }, context) =>
		state.lifecycle === 'running' && context.seats.includes('responder')
			? happened(context, { type: 'telemetry.viewed', payload: { tool, services } }, { audience: TRUTH })
			: accept(),

	addAttachment: (state, { attachmentId, name, url, contentType, bytes }, context) => {
		if (state.attachments.some((one) => one.attachmentId === attachmentId)) {
			return refuse('wrong_state', 'This file is attached already.');
		}
		if (url !== null && !/^https?:\/\//i.test(url)) {
			return refuse('incomplete', 'A link begins with https:// or http://.');
		}
		return (
			requireText(name, 'what the attachment is called') ??
			happened(context, { type: 'attachment.added', payload: { attachmentId, name, url, contentType, bytes } })
		);
	}
};

/** What is written down after the end tells of a moment before it. */
function checkReview(state: IncidentState, command: Recorded, context: DecideContext): Refusal | null {
	if (!state.ended || state.origin === 'real') return null;
	const at = command.said?.at ?? context.at;
	return at <= state.ended.at && command.said
		? null
		: refuse('ended', 'The run is over: say when, before its end, this was said or done.');
}

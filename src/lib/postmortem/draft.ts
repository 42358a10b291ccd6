/** The first draft of a post-mortem: a pure function of the log. People mend it; it never tells what they could not know. */
import type { IncidentEvent } from '../incident/event.ts';
import { draftActions } from './action-items.ts';
import { clockWords } from './clock-words.ts';
import type { Line, PostmortemDocument } from './document.ts';
import { impactLines } from './impact-lines.ts';
import type { DraftMeta } from './meta.ts';
import { readSource, type Source } from './source.ts';
import { sentence, summary } from './summary.ts';
import { systemicFactors } from './systemic-factors.ts';
import { timelineLines } from './timeline-lines.ts';
import { went } from './went.ts';
import { draftWhys } from './whys.ts';

/** A draft is a document that nobody has edited yet. */
export type PostmortemDraft = PostmortemDocument;

/**
 * Drafts from the whole log; hidden events are used only as far as their audience allows (the truth once it is open,
 * private notes never). Ids of lines stand on the log, so that the same log gives the same draft.
 */
export function draftPostmortem(events: readonly IncidentEvent[], meta: DraftMeta): PostmortemDraft {
	const source = readSource(events);
	const clock = clockWords(meta.timeZone);
	const { well, wrong } = went(source, meta);
	// What people found is where asking begins: whether it is a root cause they say when they have asked on.
	const whys = draftWhys(source);
	const { state } = source;
	return {
		key: meta.key,
		title: state.declared?.title ?? state.alerts[0]?.name ?? '',
		summary: summary(source, clock),
		impact: impactLines(source, clock),
		timeline: timelineLines(source, clock),
		wentWell: well,
		wentWrong: wrong,
		whys,
		systemicFactors: systemicFactors(whys),
		contributingFactors: contributing(source),
		lessons: lessons(source),
		actionItems: draftActions(source, clock, whys, meta.policy)
	};
}

/** What made it harder, as the log has it: steps that could not be followed, and why. */
function contributing({ state }: Source): Line[] {
	return state.runbooks.flatMap(({ name, runbookId, steps }) =>
		steps
			.filter(({ outcome }) => outcome === 'skipped')
			.map(({ stepId, title, text }) => ({
				id: `skipped-${runbookId}-${stepId}`,
				text: sentence(`Runbook "${name}", step "${title}" was skipped: ${text}`)
			}))
	);
}

/** What people said surprised them or stayed unclear. */
function lessons({ state }: Source): Line[] {
	return state.hotwash.flatMap(({ participantId, surprisedMe, unclear }) => [
		...(surprisedMe.trim() === ''
			? []
			: [{ id: `surprise-${participantId}`, text: sentence(`Surprising: ${surprisedMe}`) }]),
		...(unclear.trim() === '' ? [] : [{ id: `unclear-${participantId}`, text: sentence(`Unclear: ${unclear}`) }])
	]);
}

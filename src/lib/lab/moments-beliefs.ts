import { STATUS_NAMES } from '../incident/status.ts';
import { affectedAt } from '../scoring/impact.ts';
import type { Facts } from '../scoring/facts.ts';
import { percent } from '../scoring/words.ts';
import { moment, type Moment } from './moments-kinds.ts';

const MENDED: ReadonlySet<string> = new Set(['monitoring', 'resolved', 'closed']);
/** Confidence from which on somebody believes a thing. */
const BELIEVED = 0.6;

/** Where what the room believed and what was so went apart. The further, the weightier. */
export function beliefs(facts: Facts): Moment[] {
	const found: Moment[] = [];
	for (const event of facts.of('status.changed')) {
		const { to } = event.payload;
		if (!MENDED.has(to) || !affectedAt(facts, event.occurredAt)) continue;
		found.push(
			moment('contradiction', event, {
				title: `Status: ${STATUS_NAMES[to].toLowerCase()}`,
				question: 'What told you that it was over?',
				because: 'Customers were still affected.',
				weight: to === 'monitoring' ? 2 : 4
			})
		);
	}
	for (const event of facts.of('status_update.published')) {
		if (!MENDED.has(event.payload.state) || !affectedAt(facts, event.occurredAt)) continue;
		found.push(
			moment('contradiction', event, {
				title: `Customers are told: ${STATUS_NAMES[event.payload.state].toLowerCase()}`,
				question: 'What did you know of how they fared?',
				because: 'They were still affected.',
				weight: 3
			})
		);
	}
	for (const hypothesis of facts.state.hypotheses) {
		const { hypothesisId, confidence, verdict, text } = hypothesis;
		if (verdict?.kind !== 'ruled_out' || confidence < BELIEVED) continue;
		const proposed = facts.of('hypothesis.proposed').find((event) => event.payload.hypothesisId === hypothesisId);
		const out = facts.of('hypothesis.ruled_out').find((event) => event.payload.hypothesisId === hypothesisId);
		if (!proposed) continue;
		found.push(
			moment('contradiction', proposed, {
				title: `“${text.slice(0, 80)}”, held at ${percent(confidence)}`,
				question: 'What spoke for it, and what would have spoken against it?',
				because: 'It was ruled out later.',
				weight: 1 + confidence,
				evidence: [proposed.seq, ...(out ? [out.seq] : [])]
			})
		);
	}
	const declared = facts.of('incident.declared')[0];
	if (declared && facts.truth && declared.payload.severity > facts.truth.severity)
		found.push(
			moment('contradiction', declared, {
				title: `Declared ${declared.payload.severity}`,
				question: 'What did you think was at stake?',
				because: `It was a ${facts.truth.severity}.`,
				weight: 1.5
			})
		);
	return found;
}

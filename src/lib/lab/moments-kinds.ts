import type { IncidentEvent } from '../incident/event.ts';

/** By how much is learnt from them: the first five have a place of their own, the rest fill up. */
export const MOMENT_KINDS = [
	'recognition',
	'harmful',
	'contradiction',
	'turning',
	'silence',
	'worsening',
	'action',
	'declaration',
	'confirmed',
	'update'
] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

export interface Moment {
	/** Stays the same however often the log is read: kind and event. */
	id: string;
	kind: MomentKind;
	/** Incident time, epoch ms. */
	at: number;
	simMs: number | null;
	title: string;
	question: string;
	/** What was so behind it; empty where nothing more is known. */
	because: string;
	/** `seq` of the events it stands on. */
	evidence: number[];
	/** How much it matters among others of its kind: the larger, the more. */
	weight: number;
}

export function moment(
	kind: MomentKind,
	event: Pick<IncidentEvent, 'seq' | 'occurredAt' | 'simMs'>,
	words: Pick<Moment, 'title' | 'question'> & Partial<Pick<Moment, 'because' | 'weight' | 'evidence'>>
): Moment {
	return {
		id: `${kind}-${event.seq}`,
		kind,
		at: event.occurredAt,
		simMs: event.simMs,
		because: '',
		weight: 0,
		evidence: [event.seq],
		...words
	};
}

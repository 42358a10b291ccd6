import type { ViewEvent } from '$lib/incident/event.ts';
import type { TimelineEntry } from '$lib/incident/timeline.ts';
import { PHASE_NAMES } from './lanes.ts';

/** Entries as a debrief tells them: a fault's step says what it was for people, and what brought it. */
export function inWords(entries: readonly TimelineEntry[], events: readonly ViewEvent[]): TimelineEntry[] {
	const mitigations = new Map<string, string>();
	const steps = new Map<number, Pick<TimelineEntry, 'title' | 'detail'>>();
	for (const event of events) {
		if (event.type === 'mitigation.started') mitigations.set(event.payload.mitigationId, event.payload.name);
		if (event.type !== 'fault.transitioned') continue;
		const { to, phase, because } = event.payload;
		const name = to === phase ? '' : ` (${to.replaceAll('_', ' ')})`;
		steps.set(event.viewSeq, { title: `In truth: ${PHASE_NAMES[phase]}${name}`, detail: cause(because, mitigations) });
	}
	return entries.map((entry) => ({ ...entry, ...steps.get(entry.seq) }));
}

function cause(because: string, mitigations: ReadonlyMap<string, string>): string {
	if (because === 'time') return 'As time passed';
	if (because === 'condition') return 'By what the system had come to';
	const id = /^mitigation (.+)$/u.exec(because)?.[1];
	return id === undefined ? because : `After: ${mitigations.get(id) ?? id}`;
}

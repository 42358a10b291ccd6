/** When the next word to customers is due: as promised, else as the severity's policy has it. Pure. */
import type { SeverityPolicy } from '$lib/incident/severity.ts';
import type { IncidentState } from '$lib/incident/state.ts';

/** The first update is due this long after the declaration, where updates are due at all. */
export const FIRST_UPDATE_MS = 10 * 60_000;

export interface UpdateDue {
	at: number;
	/** `first customer update`, `promised update`, `next customer update`. */
	what: string;
	promised: boolean;
}

export function updateDue(state: IncidentState, policy: SeverityPolicy | null): UpdateDue | null {
	if (!state.declared || !state.severity || state.lifecycle === 'ended') return null;
	if (state.status === 'closed' || state.stoodDown) return null;
	const last = state.updates.filter((one) => one.channel === 'status_page').at(-1);
	if (last && (last.state === 'resolved' || last.state === 'closed')) return null;
	if (last?.nextUpdateAt) return { at: last.nextUpdateAt, what: 'promised update', promised: true };
	const every = policy?.[state.severity].updateEveryMs ?? null;
	if (every === null) return null;
	return last
		? { at: last.at + every, what: 'next customer update', promised: false }
		: { at: state.declared.at + FIRST_UPDATE_MS, what: 'first customer update', promised: false };
}

// Where an import goes: the storage, and the incidents in memory where a server runs.

import type { EventDraft, IncidentEvent } from '../../incident/event.ts';
import { foldAll } from '../../incident/fold.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { Storage } from '../db/storage.ts';
import type { Hub } from '../runs/hub.ts';
import { numberEvents } from '../runs/numbering.ts';
import { summaryOf } from '../runs/summary.ts';

export interface ImportTarget {
	storage: Storage;
	policy: SeverityPolicy;
	/** Wall time, epoch ms. */
	now: () => number;
	/** Appends what `make` gives for the log as it stands. False where another server owns the incident now. */
	append(incidentId: IncidentId, make: (log: readonly IncidentEvent[]) => EventDraft[]): Promise<boolean>;
}

/** `hub` null for a command that works on the database alone. */
export function importTarget(
	storage: Storage,
	policy: SeverityPolicy,
	by: { hub: Hub | null; owner: string; isOwnerDead: (owner: string) => boolean; now: () => number }
): ImportTarget {
	return {
		storage,
		policy,
		now: by.now,
		append: async (incidentId, make) => {
			const live = by.hub?.peek(incidentId);
			if (live) return live.record(make(live.events));
			// Nobody looks at it: it need not be kept in memory for this.
			const stored = await storage.readIncident(incidentId);
			const head = stored && (await storage.acquire(incidentId, by.owner, by.isOwnerDead));
			if (!stored || !head) return false;
			try {
				const log = await storage.readEvents(incidentId);
				const events = numberEvents(make(log), head.seq, by.now());
				if (events.length === 0) return true;
				const state = foldAll(stored.origin, [...log, ...events]);
				const outcome = await storage.append({
					incidentId,
					epoch: head.epoch,
					after: { seq: head.seq, n: head.n },
					command: null,
					events,
					simMs: null,
					summary: summaryOf(state, stored.title, state.ended?.at ?? null)
				});
				return outcome.ok;
			} finally {
				await storage.release(incidentId, head.epoch);
			}
		}
	};
}

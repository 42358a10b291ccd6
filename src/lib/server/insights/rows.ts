// Rows of facts of all incidents, made from their logs and kept in memory for as long as a log stands where it stood.

import { numberAttempts } from '../../analytics/attempts.ts';
import type { IncidentFacts } from '../../analytics/facts.ts';
import { FACT_EVENTS, factsOf } from '../../analytics/from-log.ts';
import type { LogStand, Storage } from '../db/storage.ts';

/** Logs that are read at once: few enough that a database answers in time. */
const AT_ONCE = 200;

type Kept = Map<string, { seq: number; row: IncidentFacts }>;
const memory = new WeakMap<Storage, Kept>();

export interface AllFacts {
	rows: IncidentFacts[];
	/** Runs that have ended and whose truth nobody has opened: they count when it is. */
	waiting: number;
}

/** Runs count once they have ended and their truth is open; real incidents from their first moment. */
export async function readFacts(storage: Storage): Promise<AllFacts> {
	const [logs, players] = await Promise.all([storage.listLogs(), storage.listPlayers()]);
	const counted = logs.filter(({ origin, lifecycle }) => origin === 'real' || lifecycle === 'ended');
	const rows = await rowsOf(storage, counted);
	const names = new Map<string, string[]>();
	for (const { incidentId, name } of players) names.set(incidentId, [...(names.get(incidentId) ?? []), name]);
	// Also of runs that are not shown: who has played one knows the scenario.
	const numbered = numberAttempts(rows, ({ id }) => names.get(id) ?? []);
	const shown = numbered.filter(({ drill }) => drill === null || drill.truthOpen);
	return { rows: shown.filter(({ at }) => at !== null), waiting: numbered.length - shown.length };
}

async function rowsOf(storage: Storage, logs: readonly LogStand[]): Promise<IncidentFacts[]> {
	const kept: Kept = memory.get(storage) ?? new Map();
	memory.set(storage, kept);
	const stale = logs.filter(({ incidentId, seq }) => kept.get(incidentId)?.seq !== seq);
	for (let from = 0; from < stale.length; from += AT_ONCE) {
		const some = stale.slice(from, from + AT_ONCE);
		const events = await storage.readEventsOf(
			some.map(({ incidentId }) => incidentId),
			FACT_EVENTS
		);
		for (const log of some) {
			const of = events.get(log.incidentId) ?? [];
			kept.set(log.incidentId, { seq: log.seq, row: factsOf({ ...log, events: of }) });
		}
	}
	return logs.flatMap(({ incidentId }) => kept.get(incidentId)?.row ?? []);
}

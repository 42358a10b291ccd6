// The runs of one browser: what became of each, as far as its truth is open.

import type { IncidentEvent } from '../../incident/event.ts';
import { eventBodySchema } from '../../incident/event.schema.ts';
import { COMMAND_ROLES } from '../../incident/role.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { OwnRun } from '../../protocol/learning.ts';
import { scorecard, type Scorecard } from '../../scoring/index.ts';
import type { BrowserRun } from '../db/browser-storage.ts';
import type { Storage } from '../db/storage.ts';

export interface PlayedRun extends OwnRun {
	scenarioId: string;
	/** Null until the truth is open. */
	card: Scorecard | null;
}

/** What a log says, whoever reads it. */
interface Read {
	seq: number;
	truthOpen: boolean;
	resolved: boolean;
	hints: number;
	card: Scorecard | null;
	joinedAs: Map<string, OwnRun['as']>;
	seats: Map<string, OwnRun['seats']>;
}

const MOST_KEPT = 500;
const memory = new WeakMap<Storage, Map<string, Read>>();

/** Newest first. */
export async function readOwnRuns(storage: Storage, browser: string | null): Promise<PlayedRun[]> {
	if (browser === null) return [];
	const [runs, spoilers] = await Promise.all([storage.listBrowserRuns(browser), storage.listSpoilers(browser)]);
	const logs = await readLogs(
		storage,
		runs.filter(({ lifecycle }) => lifecycle === 'ended')
	);
	return runs.map((run) =>
		told(run, logs.get(run.incidentId) ?? null, (spoilers[run.scenarioId] ?? Infinity) < run.createdAt)
	);
}

function told(run: BrowserRun, log: Read | null, knew: boolean): PlayedRun {
	const { incidentId, key, createdAt, scenarioId, participantId } = run;
	const known = log?.truthOpen ?? false;
	const { impactStarted, mitigated } = log?.card?.milestones.truth ?? {};
	return {
		incidentId,
		key,
		createdAt,
		scenarioId,
		state: log === null ? 'open' : known ? 'known' : 'closed',
		resolved: known ? (log?.resolved ?? null) : null,
		mitigationMinutes: known && impactStarted && mitigated ? (mitigated.at - impactStarted.at) / 60_000 : null,
		hints: log?.hints ?? 0,
		as: log?.joinedAs.get(participantId) ?? 'responder',
		seats: log?.seats.get(participantId) ?? [],
		knew,
		score: known ? (log?.card?.total ?? null) : null,
		card: known ? (log?.card ?? null) : null
	};
}

/** What was archived of telemetry is most of a log, and says nothing here. */
const TYPES = eventBodySchema.options
	.map((option): string => option.shape.type.value)
	.filter((type) => type !== 'telemetry.archived');
/** Logs that are read at once. */
const AT_ONCE = 20;

async function readLogs(storage: Storage, runs: readonly BrowserRun[]): Promise<Map<string, Read>> {
	const kept = memory.get(storage) ?? new Map<string, Read>();
	memory.set(storage, kept);
	const stale = runs.filter(({ incidentId, seq }) => kept.get(incidentId)?.seq !== seq);
	for (let from = 0; from < stale.length; from += AT_ONCE) {
		const some = stale.slice(from, from + AT_ONCE);
		const events = await storage.readEventsOf(
			some.map(({ incidentId }) => incidentId),
			TYPES
		);
		for (const { incidentId, seq } of some) {
			const stored = await storage.readIncident(incidentId);
			kept.delete(incidentId);
			kept.set(incidentId, readingOf(events.get(incidentId) ?? [], seq, stored?.policy ?? null));
		}
	}
	const read = new Map(
		runs.flatMap(({ incidentId }) => {
			const one = kept.get(incidentId);
			return one ? [[incidentId, one] as const] : [];
		})
	);
	for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest);
	return read;
}

function readingOf(events: readonly IncidentEvent[], seq: number, policy: SeverityPolicy | null): Read {
	const read: Read = {
		seq,
		truthOpen: false,
		resolved: false,
		hints: 0,
		card: null,
		joinedAs: new Map(),
		seats: new Map()
	};
	for (const event of events) {
		if (event.type === 'truth.opened') read.truthOpen = true;
		else if (event.type === 'run.ended') read.resolved = event.payload.outcome === 'resolved';
		else if (event.type === 'hint.given') read.hints += 1;
		else if (event.type === 'participant.joined') read.joinedAs.set(event.payload.participantId, event.payload.as);
		else if (event.type === 'role.assigned' && event.payload.participantId !== null) {
			const held = read.seats.get(event.payload.participantId) ?? [];
			read.seats.set(
				event.payload.participantId,
				COMMAND_ROLES.filter((role) => role === event.payload.role || held.includes(role))
			);
		}
	}
	if (read.truthOpen && policy) read.card = scorecard(events, policy);
	return read;
}

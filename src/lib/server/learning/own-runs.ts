// The runs of one browser: what became of each, as far as its truth is open.

import type { IncidentEvent } from '../../incident/event.ts';
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
	const played: PlayedRun[] = [];
	for (const run of runs) {
		const log = run.lifecycle === 'ended' ? await readLog(storage, run) : null;
		played.push(told(run, log, (spoilers[run.scenarioId] ?? Infinity) < run.createdAt));
	}
	return played;
}

/** One of them. */
export async function readOwnRun(
	storage: Storage,
	browser: string | null,
	incidentId: string
): Promise<PlayedRun | null> {
	const runs = await readOwnRuns(storage, browser);
	return runs.find((run) => run.incidentId === incidentId) ?? null;
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

async function readLog(storage: Storage, { incidentId, seq }: BrowserRun): Promise<Read> {
	const kept = memory.get(storage) ?? new Map<string, Read>();
	memory.set(storage, kept);
	const found = kept.get(incidentId);
	if (found?.seq === seq) return found;
	const [events, stored] = await Promise.all([storage.readEvents(incidentId), storage.readIncident(incidentId)]);
	const read = readingOf(events, seq, stored?.policy ?? null);
	kept.delete(incidentId);
	kept.set(incidentId, read);
	if (kept.size > MOST_KEPT) for (const oldest of [...kept.keys()].slice(0, kept.size - MOST_KEPT)) kept.delete(oldest);
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

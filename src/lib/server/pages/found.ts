// Finding an incident for a page: what cannot be shown becomes SvelteKit's error, in the words of the refusal.

import { error } from '@sveltejs/kit';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { IncidentHeader } from '../../protocol/messages.ts';
import { STATUS } from '../api/answer.ts';
import { isAdmin } from '../auth/admin.ts';
import { memberCookie, readerOf } from '../auth/visitor.ts';
import { StorageUnavailable } from '../db/storage.ts';
import { muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import type { CookieReader, Reader } from './types.ts';

export interface FoundForPage {
	live: LiveIncident;
	me: Reader | null;
	header: IncidentHeader;
	people: { participantId: string; name: string }[];
}

/** The incident and who reads it. `cookies` null where nobody need be known. */
export async function findForPage(incidentId: string, cookies: CookieReader | null): Promise<FoundForPage> {
	const found = await muster().hub.find(incidentId);
	if (!found.ok) fail(found);
	const { live } = found;
	const { key, origin, createdAt, policy } = live.stored;
	return {
		live,
		me: readerOf(live, cookies?.get(memberCookie(incidentId))),
		header: { incidentId, key, origin, title: live.title, createdAt, policy },
		people: live.people.list().map(({ participantId, name }) => ({ participantId, name }))
	};
}

/** What happened in a real incident is for those who were in it, and for the administrator. */
export async function requireInsider({ live, me }: FoundForPage, cookies: CookieReader): Promise<void> {
	if (live.stored.origin === 'practice' || me !== null || (await isAdmin(cookies))) return;
	fail(refuse('forbidden', 'This is a real incident: open its room with the link you were given, and join first.'));
}

export function fail({ code, message }: Refusal): never {
	error(STATUS[code], { code, message });
}

/** Runs a load; a database that is away is said in one sentence. */
export async function load<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		if (problem instanceof StorageUnavailable) {
			fail(refuse('unavailable', 'The database does not answer. Wait a moment, then load the page again.'));
		}
		throw problem;
	}
}

// What every request of the debrief begins with: the incident, and who asks.

import type { RequestEvent } from '@sveltejs/kit';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { isAdminRequest, readerOf, tokenOf } from '../auth/visitor.ts';
import type { Muster } from '../muster.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

export interface Asked {
	ok: true;
	live: LiveIncident;
	reader: Reader | null;
	admin: boolean;
}

/** A real incident is for those who were in it, and for the administrator. */
export async function askedBy({ request, params, cookies }: RequestEvent, muster: Muster): Promise<Asked | Refusal> {
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	const admin = await isAdminRequest(muster, request, cookies);
	if (live.stored.origin === 'real' && !reader && !admin)
		return refuse('forbidden', 'This is a real incident: only those who are in it may look back at it.');
	return { ok: true, live, reader, admin };
}

// Who asks over HTTP: a member of an incident by cookie or bearer token, the administrator by cookie or the lock's key.

import { seatsOf } from '../../incident/seats.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import type { CookieReader, Reader } from '../pages/types.ts';
import { hashKey, sameHash } from '../secrets.ts';
import { isAdmin } from './admin.ts';

/** Name of the cookie that remembers a browser's token of one incident. */
export function memberCookie(incidentId: IncidentId): string {
	return `muster_member_${incidentId}`;
}

/** The member whose token this is; null for somebody from outside. */
export function readerOf(live: LiveIncident, token: string | undefined): Reader | null {
	const person = token && token.length <= 200 ? live.people.byToken(token) : null;
	if (!person) return null;
	const { participantId, name, host } = person;
	return { participantId, name, host, seats: seatsOf(live.course.incident, participantId) };
}

/** The bearer token of a request, else the cookie of this incident. */
export function tokenOf(request: Request, cookies: CookieReader, incidentId: IncidentId): string | undefined {
	return bearer(request) ?? cookies.get(memberCookie(incidentId));
}

/** Whether a request comes from the administrator, or from a command on this machine that may read the data directory. */
export async function isAdminRequest(muster: Muster, request: Request, cookies: CookieReader): Promise<boolean> {
	const token = bearer(request);
	if (token !== undefined && muster.lock && sameHash(hashKey(token), hashKey(muster.lock.key))) return true;
	return isAdmin(cookies);
}

/** The bearer token of a request. */
export function bearer(request: Request): string | undefined {
	return /^Bearer (\S{1,200})$/.exec(request.headers.get('authorization') ?? '')?.[1];
}

// Which browser asks. Until there are accounts it is the nearest thing to a person that holds over several runs.

import type { Cookies } from '@sveltejs/kit';
import type { IncidentId, ParticipantId } from '../../incident/ids.ts';
import type { Storage } from '../db/storage.ts';
import type { CookieReader } from '../pages/types.ts';
import { hashKey, randomKey } from '../secrets.ts';

export const BROWSER_COOKIE = 'muster_browser';
/** As long as browsers keep any cookie. */
const SECONDS = 400 * 24 * 3_600;

/** Hash of the cookie's value, as the database knows the browser; null for one that has not taken part in anything yet. */
export function browserOf(cookies: CookieReader): string | null {
	const key = cookies.get(BROWSER_COOKIE);
	return key && key.length <= 100 ? hashKey(key) : null;
}

/** The same, and from now on known where it was not. Being here again makes the cookie last longer. */
export function rememberBrowser(cookies: Cookies, url: URL): string {
	const known = cookies.get(BROWSER_COOKIE);
	const key = known && known.length <= 100 ? known : randomKey();
	const secure = url.protocol === 'https:';
	cookies.set(BROWSER_COOKIE, key, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: SECONDS });
	return hashKey(key);
}

/** Notes that somebody at this browser came into a run. */
export async function noteRun(
	storage: Storage,
	cookies: Cookies,
	url: URL,
	{ incidentId, participantId }: { incidentId: IncidentId; participantId: ParticipantId }
): Promise<void> {
	await storage.addBrowserRun(rememberBrowser(cookies, url), incidentId, participantId);
}

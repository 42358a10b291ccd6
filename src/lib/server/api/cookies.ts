// Cookies that remember who a browser is. Never readable by scripts, never sent by another site's requests.

import type { Cookies } from '@sveltejs/kit';
import { ADMIN_COOKIE } from '../auth/admin.ts';
import { memberCookie } from '../auth/visitor.ts';

const MEMBER_SECONDS = 30 * 24 * 3_600;

export function rememberMember(cookies: Cookies, url: URL, incidentId: string, token: string): void {
	// Lax: a link to the debrief in a chat opens as the person who joined.
	cookies.set(memberCookie(incidentId), token, { ...common(url), sameSite: 'lax', maxAge: MEMBER_SECONDS });
}

export function rememberAdmin(cookies: Cookies, url: URL, token: string, maxAge: number): void {
	cookies.set(ADMIN_COOKIE, token, { ...common(url), sameSite: 'strict', maxAge });
}

export function forgetAdmin(cookies: Cookies): void {
	cookies.delete(ADMIN_COOKIE, { path: '/' });
}

function common(url: URL) {
	return { path: '/', httpOnly: true, secure: url.protocol === 'https:' };
}

// Where alerts may go: addresses that an administrator has named, each in full. Nothing else is ever called, and no redirect is
// followed, so an address inside the own network is reached only where somebody with the secret wrote it down.

import { refuse, type Refusal } from '../../../incident/refusal.ts';
import { randomKey } from '../../secrets.ts';

export const TARGET_KINDS = ['alertmanager', 'webhook'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export interface AlertTarget {
	id: string;
	kind: TargetKind;
	/** Where to post, without user and password. */
	url: string;
	/** `Authorization` header; null where the address named no user. */
	authorization: string | null;
	addedAt: number;
}

export const MOST_TARGETS = 10;
const MOST_URL = 500;

/** Reads an address as an administrator types it. For an Alertmanager its beginning is enough. */
export function readTarget(kind: TargetKind, text: string, now: number): { ok: true; target: AlertTarget } | Refusal {
	const wrong = (what: string) => refuse('malformed', what);
	if (text.length > MOST_URL) return wrong(`The address is longer than ${MOST_URL} characters.`);
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		return wrong('That is no address. Give all of it, such as http://127.0.0.1:9093');
	}
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		return wrong('The address must begin with http:// or https://');
	if (url.hash) return wrong('Leave out what follows the #: it is never sent.');
	const { username, password } = url;
	const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	const authorization = username || password ? `Basic ${Buffer.from(credentials).toString('base64')}` : null;
	url.username = '';
	url.password = '';
	if (kind === 'alertmanager' && !/\/api\/v2\/alerts\/?$/.test(url.pathname)) {
		url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v2/alerts`;
	}
	return { ok: true, target: { id: randomKey(), kind, url: url.href, authorization, addedAt: now } };
}

/** What was stored by `readTarget` and nothing else. */
export function storedTargets(value: unknown): AlertTarget[] {
	return Array.isArray(value) ? (value as AlertTarget[]) : [];
}

// What an adapter makes of a source's words. Pure.

import type { AlertContext } from '../../../incident/events/alert-events.ts';
import type { Refusal } from '../../../incident/refusal.ts';

/** One alert, as its source sent it. Times are epoch ms. */
export interface IncomingAlert {
	status: 'firing' | 'resolved';
	/** Names the alert at its source while it fires, and when it fires again. */
	fingerprint: string;
	/** Null where the source does not say: then it is the same alert until it has resolved. */
	startsAt: number | null;
	/** Null while it fires. */
	endsAt: number | null;
	name: string;
	labels: Record<string, string>;
	/** As the source says it: critical, warning, …; empty where it says nothing. */
	level: string;
	value: number | null;
	context: AlertContext;
}

export interface Notification {
	/** What the source groups its alerts by; empty where it does not. */
	group: string;
	/** One line for the whole group; empty where the source gives none. */
	title: string;
	alerts: IncomingAlert[];
}

export interface Adapter {
	/** Part of the address: `/api/ingest/<id>`. */
	id: string;
	name: string;
	/** The notification, or one sentence that names the field at fault. */
	read(payload: unknown): { ok: true; notification: Notification } | Refusal;
}

// Addresses that people share. Keys stand in the fragment, which a browser sends to no server.

import type { IncidentId } from '../incident/ids.ts';

export interface Links {
	join: string;
	host: string | null;
	statusPage: string;
}

/** `origin` is the public address, or empty for links that are relative to where the page was opened. */
export function linksOf(
	origin: string,
	incidentId: IncidentId,
	keys: { joinKey: string | null; hostKey: string | null }
): Links {
	const room = `${origin}/i/${incidentId}`;
	return {
		join: keys.joinKey === null ? room : `${room}#join=${keys.joinKey}`,
		host: keys.hostKey === null ? null : `${room}#host=${keys.hostKey}`,
		statusPage: `${room}/status`
	};
}

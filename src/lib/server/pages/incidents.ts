// Runs and incidents, for the home page.

import type { IncidentListItem } from '../../protocol/messages.ts';
import { muster } from '../muster.ts';
import { isStorableText } from '../well-formed.ts';
import { load } from './found.ts';

const MOST = 200;

/** Newest first. `search` is part of a title, number, scenario or name; `limit` at most 200, 50 unless given. */
export function listIncidents({ search = '', limit = 50 } = {}): Promise<IncidentListItem[]> {
	const text = search.trim().slice(0, 100);
	// No title holds what cannot be stored.
	if (!isStorableText(text)) return Promise.resolve([]);
	return load(() => muster().storage.listIncidents({ search: text, limit: Math.min(Math.max(1, limit), MOST) }));
}

// The history of a shared post-mortem, read from its stored updates: nothing of it is stored twice.

import * as Y from 'yjs';
import type { PostmortemDocument } from '../../postmortem/document.ts';
import { versionsOf, type Version } from '../../postmortem/history.ts';
import { mergedDoc, readDocument } from '../../postmortem/shared.ts';
import { timelineCorrections, type TimelineCorrection } from '../../postmortem/timeline-corrections.ts';
import type { Storage } from '../db/storage.ts';
import type { LiveIncident } from './live-incident.ts';

export interface PostmortemHistory {
	versions: (Version & { published: number | null })[];
	corrections: TimelineCorrection[];
}

/** Versions, oldest first, each with the revision that it was published as; and every correction of the timeline. */
export async function historyOf(storage: Storage, live: LiveIncident): Promise<PostmortemHistory> {
	const updates = await storage.readPostmortemUpdates(live.incidentId);
	const published = new Map(
		live.events.flatMap((event) =>
			event.type === 'postmortem.published' && event.payload.version != null
				? [[event.payload.version, event.payload.revision ?? 1] as const]
				: []
		)
	);
	return {
		versions: versionsOf(updates, [...published.keys()]).map((version) => ({
			...version,
			published: published.get(version.n) ?? null
		})),
		corrections: timelineCorrections(updates)
	};
}

/** How it read after `n` updates, as one update and as a document; null where there were never so many. */
export async function versionOf(
	storage: Storage,
	live: LiveIncident,
	n: number
): Promise<{ update: Uint8Array; document: PostmortemDocument } | null> {
	const updates = await storage.readPostmortemUpdates(live.incidentId);
	if (n < 1 || n > updates.length) return null;
	const doc = mergedDoc(updates.slice(0, n).map(({ bytes }) => bytes));
	return { update: Y.encodeStateAsUpdate(doc), document: readDocument(doc) };
}

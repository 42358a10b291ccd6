// Alert sources: whoever holds the token of one may send alerts in. The token is shown once and kept as a hash.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { IngestSource, SourceSettings } from '../db/intake-storage.ts';
import type { Muster } from '../muster.ts';
import { hashKey, randomKey } from '../secrets.ts';
import { DEFAULT_SEVERITIES } from './severity.ts';

const MOST_SOURCES = 100;

export async function makeSource(
	{ storage, hub }: Muster,
	{ name, adapter }: { name: string; adapter: string }
): Promise<{ ok: true; source: IngestSource; token: string } | Refusal> {
	if ((await storage.listSources()).length >= MOST_SOURCES) {
		return refuse('too_many', `There are ${MOST_SOURCES} sources already: use one of them again.`);
	}
	// Two keys, since this one is not typed by anybody.
	const token = `mst_${randomKey()}${randomKey()}`;
	const source: IngestSource = {
		sourceId: randomKey(),
		name,
		adapter,
		settings: { groupLabels: [], severities: DEFAULT_SEVERITIES, openTo: 'link' },
		createdAt: hub.context.now(),
		revokedAt: null,
		lastUsedAt: null,
		taken: 0,
		refused: 0
	};
	await storage.addSource({ ...source, tokenHash: hashKey(token) });
	return { ok: true, source, token };
}

export async function changeSource(
	{ storage }: Muster,
	sourceId: string,
	{ name, settings }: { name: string; settings: SourceSettings }
): Promise<{ ok: true } | Refusal> {
	return (await storage.changeSource(sourceId, name, settings)) ? { ok: true } : UNKNOWN;
}

export async function revokeSource({ storage, hub }: Muster, sourceId: string): Promise<{ ok: true } | Refusal> {
	return (await storage.revokeSource(sourceId, hub.context.now()))
		? { ok: true }
		: refuse('wrong_state', 'There is no such source, or its token was revoked already.');
}

const UNKNOWN = refuse('unknown_id', 'There is no such alert source.');

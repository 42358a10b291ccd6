// Who may use a run's HTTP API: whoever has the run's token. It is worked out, not stored, so that the room can show it again,
// and it ends when the host asks for another.

import { createHmac } from 'node:crypto';
import type { IncidentId } from '../../incident/ids.ts';
import type { Storage } from '../db/storage.ts';
import { hashKey, randomKey, sameHash } from '../secrets.ts';

const KEY_SETTING = 'tool_token_key';
const turnSetting = (incidentId: IncidentId) => `tool_token_turn:${incidentId}`;

/** The token of a run, now. */
export async function toolToken(storage: Storage, incidentId: IncidentId): Promise<string> {
	const key = await keyOf(storage);
	const turn = Number((await storage.readSetting(turnSetting(incidentId))) ?? 0);
	const mac = createHmac('sha256', key).update(`prometheus ${turn} ${incidentId}`).digest();
	return `mst_${mac.subarray(0, 16).toString('base64url')}`;
}

/** Makes the token that was given out worthless, and gives the next. */
export async function renewToolToken(storage: Storage, incidentId: IncidentId, now: number): Promise<string> {
	const turn = Number((await storage.readSetting(turnSetting(incidentId))) ?? 0);
	await storage.writeSetting(turnSetting(incidentId), turn + 1, now);
	return toolToken(storage, incidentId);
}

export async function isToolToken(storage: Storage, incidentId: IncidentId, given: string): Promise<boolean> {
	return sameHash(hashKey(given), hashKey(await toolToken(storage, incidentId)));
}

/** Made once per database. */
const keys = new WeakMap<Storage, string>();

async function keyOf(storage: Storage): Promise<string> {
	const known = keys.get(storage);
	if (known !== undefined) return known;
	const stored =
		(await storage.readSetting(KEY_SETTING)) ?? (await storage.initialSetting(KEY_SETTING, randomKey(), Date.now()));
	const key = String(stored);
	keys.set(storage, key);
	return key;
}

const MOST_TOKEN = 200;

/**
 * The token that a request carries: as bearer token, as password of basic authentication with any name, as `token` in the query,
 * or in the path (`…/prometheus/t/<token>/api/v1/…`) for tools that can do none of these.
 */
export function givenToken(request: Request, url: URL, inPath: string | null): string | null {
	const header = request.headers.get('authorization') ?? '';
	const bearer = /^Bearer +(\S+)$/i.exec(header)?.[1];
	const basic = /^Basic +(\S+)$/i.exec(header)?.[1];
	const password =
		basic === undefined
			? undefined
			: Buffer.from(basic, 'base64')
					.toString()
					.replace(/^[^:]*:/, '');
	const given = bearer ?? password ?? inPath ?? url.searchParams.get('token');
	return given && given.length <= MOST_TOKEN ? given : null;
}

// The door for alerts: a token per source, a bound on how much and how often, and one sentence for whatever is not let in.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import { tooDeep } from '../../intake/json.ts';
import { readBytes } from '../api/body.ts';
import { bearer } from '../auth/visitor.ts';
import type { IngestSource } from '../db/intake-storage.ts';
import type { Muster } from '../muster.ts';
import { TokenBucket } from '../realtime/rate-limit.ts';
import { SerialQueue } from '../runs/serial-queue.ts';
import { hashKey } from '../secrets.ts';
import { isStorable } from '../well-formed.ts';
import { adapterOf } from './adapters/index.ts';
import { policyIn } from './policy.ts';
import { takeIn, type TakenIn } from './take-in.ts';

const MOST_BYTES = 1024 * 1024;
const RATE = { burst: 60, perSecond: 5 };
/** A payload of an alert source is flat; annotations hold texts. */
const DEEPEST = 12;

interface Door {
	rates: Map<string, TokenBucket>;
	/** One notification of a source after the other: two at once might each open the same incident. */
	queues: Map<string, SerialQueue>;
}
const doors = new WeakMap<Muster, Door>();

export interface Ingested {
	ok: true;
	taken: number;
	refused: number;
	alerts: TakenIn[];
}

export async function ingest(muster: Muster, adapterId: string, request: Request): Promise<Ingested | Refusal> {
	const adapter = adapterOf(adapterId);
	if (!adapter) return refuse('unknown_id', 'Muster knows no such alert source. Look at the address in the settings.');
	const found = await sourceOf(muster, request);
	if ('ok' in found) return found;
	const source = found;
	const refused = (refusal: Refusal): Refusal => {
		muster.metrics.ingested.inc({ outcome: 'refused' });
		muster.log.warn(
			{ source: source.name, code: refusal.code, message: refusal.message },
			'an alert source was refused'
		);
		void muster.storage
			.noteSource(source.sourceId, muster.hub.context.now(), 0, 1)
			.catch((error: unknown) => muster.log.warn({ err: error }, 'could not note what a source sent'));
		return refusal;
	};
	if (source.adapter !== adapterId) {
		return refused(
			refuse(
				'forbidden',
				`This token is for ${adapterOf(source.adapter)?.name ?? source.adapter}: send to /api/ingest/${source.adapter}.`
			)
		);
	}
	const door = doors.get(muster) ?? { rates: new Map(), queues: new Map() };
	doors.set(muster, door);
	const bucket = door.rates.get(source.sourceId) ?? new TokenBucket(RATE, () => muster.monotonic());
	door.rates.set(source.sourceId, bucket);
	if (!bucket.take())
		return refused(refuse('too_many', 'This source sends too often: group its alerts, and send again in a moment.'));

	const payload = await payloadOf(request);
	if (!payload.ok) return refused(payload);
	const read = adapter.read(payload.value);
	if (!read.ok) return refused(read);

	const queue = door.queues.get(source.sourceId) ?? new SerialQueue();
	door.queues.set(source.sourceId, queue);
	const policy = await policyIn(muster.storage);
	const alerts: TakenIn[] = await queue.run(() => takeIn(muster.hub, policy, source, read.notification));
	for (const { outcome } of alerts) muster.metrics.ingested.inc({ outcome });
	const kept = alerts.filter(({ outcome }) => outcome !== 'refused');
	const out = alerts.length - kept.length;
	await muster.storage.noteSource(source.sourceId, muster.hub.context.now(), kept.length, out);
	if (out > 0) {
		muster.log.warn({ source: source.name, refused: out }, 'alerts of an exercise were kept out of real incidents');
	}
	if (kept.length === 0) return refuse('exercise', alerts[0]?.message ?? '');
	return { ok: true, taken: kept.length, refused: out, alerts };
}

async function sourceOf(muster: Muster, request: Request): Promise<IngestSource | Refusal> {
	const token = bearer(request);
	if (token === undefined) {
		return refuse(
			'forbidden',
			'Send the token of this source as “Authorization: Bearer …”; the administrator makes one in the settings.'
		);
	}
	const source = await muster.storage.findSource(hashKey(token));
	if (!source) return refuse('forbidden', 'This token is not known here: make a new one in the settings.');
	if (source.revokedAt !== null) return refuse('forbidden', 'This token was revoked: make a new one in the settings.');
	return source;
}

async function payloadOf(request: Request): Promise<{ ok: true; value: unknown } | Refusal> {
	const bytes = await readBytes(request, MOST_BYTES);
	if (!bytes.ok) return bytes;
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.value);
	} catch {
		return refuse('malformed', 'The request is not UTF-8 text.');
	}
	const deep = tooDeep(text, DEEPEST);
	if (deep) return refuse('malformed', deep);
	try {
		const value: unknown = JSON.parse(text);
		return isStorable(value)
			? { ok: true, value }
			: refuse('malformed', 'The text holds characters that cannot be stored.');
	} catch {
		return refuse('malformed', 'The request is not JSON that can be read.');
	}
}

// Links to a shared debrief: made by whoever leads, shown once, listed, withdrawn.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { ShareLink, ShareMade, ShareRequest } from '../../protocol/debrief.ts';
import type { StoredShareLink } from '../db/storage.ts';
import type { Muster } from '../muster.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { hashKey, randomKey } from '../secrets.ts';
import { leads } from './access.ts';

const MOST_LINKS = 50;
const NOT_YOURS = refuse(
	'forbidden',
	'Links are made and withdrawn by the host, a facilitator or the administrator: ask them.'
);

export interface Asking {
	reader: Reader | null;
	admin: boolean;
}

export async function listShares(
	muster: Muster,
	live: LiveIncident,
	{ reader, admin }: Asking
): Promise<ShareLink[] | Refusal> {
	if (!leads(reader, admin)) return NOT_YOURS;
	return (await muster.storage.listShareLinks(live.incidentId)).map((link) => shown(live, link));
}

export async function makeShare(
	muster: Muster,
	live: LiveIncident,
	{ reader, admin }: Asking,
	{ label, names }: ShareRequest,
	origin: string
): Promise<ShareMade | Refusal> {
	if (!leads(reader, admin)) return NOT_YOURS;
	const { incident } = live.course;
	if (live.stored.origin === 'practice' && !incident.truthOpen)
		return refuse('wrong_state', 'Open the truth first: a link shows it to whoever has it.');
	if (live.stored.origin === 'real' && incident.lifecycle !== 'ended' && incident.status !== 'resolved')
		return refuse('wrong_state', 'The incident is not resolved yet: share its debrief when it is.');
	const { storage, hub } = muster;
	if ((await storage.listShareLinks(live.incidentId)).length >= MOST_LINKS)
		return refuse('too_many', `There are ${MOST_LINKS} links already: that is enough for anybody.`);
	const token = randomKey();
	const link: StoredShareLink = {
		id: randomKey(),
		incidentId: live.incidentId,
		label,
		names,
		createdAt: hub.context.now(),
		participantId: reader?.participantId ?? null,
		withdrawnAt: null
	};
	const { withdrawnAt: _withdrawnAt, ...fresh } = link;
	await storage.addShareLink({ ...fresh, tokenHash: hashKey(token) });
	return { link: shown(live, link), url: `${origin}/s/${token}` };
}

export async function withdrawShare(
	muster: Muster,
	live: LiveIncident,
	{ reader, admin }: Asking,
	id: string
): Promise<ShareLink[] | Refusal> {
	if (!leads(reader, admin)) return NOT_YOURS;
	const { storage, hub } = muster;
	const done = await storage.withdrawShareLink(live.incidentId, id, hub.context.now());
	return done ? listShares(muster, live, { reader, admin }) : refuse('unknown_id', 'There is no such link here.');
}

function shown(live: LiveIncident, link: StoredShareLink): ShareLink {
	const { id, label, names, createdAt, participantId, withdrawnAt } = link;
	const createdBy =
		participantId === null ? 'the administrator' : (live.people.find(participantId)?.name ?? participantId);
	return { id, label, names, createdAt, createdBy, withdrawnAt };
}

// Action items and post-mortems of all incidents: what is promised, what is late.

import { foldAll } from '../../incident/fold.ts';
import { isOverdue, type TrackedAction } from '../../postmortem/action-files.ts';
import { foldActions } from '../../postmortem/tracked-actions.ts';
import { isAdmin } from '../auth/admin.ts';
import { memberCookie } from '../auth/visitor.ts';
import type { ReviewEvent } from '../db/storage.ts';
import { muster } from '../muster.ts';
import { hashKey, sameHash } from '../secrets.ts';
import { load } from './found.ts';
import type { ActionsPage, CookieReader } from './types.ts';

/** Everything this reader may know: of exercises all, of real incidents those they were in; the administrator all. */
export function loadActions(cookies: CookieReader): Promise<ActionsPage> {
	return load(async () => {
		const { storage, hub } = muster();
		const now = hub.context.now();
		const today = new Date(now).toISOString().slice(0, 10);
		const admin = await isAdmin(cookies);
		const page: ActionsPage = { today, actions: [], postmortems: [], hidden: 0 };
		for (const events of byIncident(await storage.readReviewEvents()).values()) {
			const [of] = events;
			if (!of) continue;
			const member = await isMember(of.incidentId, cookies);
			const actions = trackedOf(of, events);
			if (of.origin === 'real' && !member && !admin) {
				page.hidden += actions.length;
				continue;
			}
			page.actions.push(...actions.map((action) => ({ ...action, mayChange: member })));
			page.postmortems.push(...waiting(of, events, now));
		}
		page.actions.sort(pressing(today));
		page.postmortems.sort((one, other) => (one.dueAt ?? Infinity) - (other.dueAt ?? Infinity));
		return page;
	});
}

/** How much is late, for the home page. */
export async function loadReminders(cookies: CookieReader): Promise<{ actions: number; postmortems: number }> {
	const { actions, postmortems, today } = await loadActions(cookies);
	return {
		actions: actions.filter((action) => isOverdue(action, today)).length,
		postmortems: postmortems.filter(({ overdue }) => overdue).length
	};
}

function byIncident(all: readonly ReviewEvent[]): Map<string, ReviewEvent[]> {
	const found = new Map<string, ReviewEvent[]>();
	for (const one of all) {
		const events = found.get(one.incidentId) ?? [];
		events.push(one);
		found.set(one.incidentId, events);
	}
	return found;
}

function trackedOf({ incidentId, key, title, origin }: ReviewEvent, events: readonly ReviewEvent[]): TrackedAction[] {
	return foldActions(events.map(({ event }) => event))
		.filter(({ withdrawn }) => !withdrawn)
		.map(({ withdrawn: _withdrawn, addedAt: _addedAt, ...action }) => ({
			...action,
			incidentId,
			incidentKey: key,
			incidentTitle: title,
			origin
		}));
}

function waiting(of: ReviewEvent, events: readonly ReviewEvent[], now: number): ActionsPage['postmortems'] {
	const {
		state,
		dueAt,
		revision = 1
	} = foldAll(
		of.origin,
		events.map(({ event }) => event)
	).postmortem;
	if (state !== 'draft' && state !== 'review') return [];
	const { incidentId, key, title, origin } = of;
	// A revision of what was published once is nobody's deadline.
	const due = revision > 1 ? null : dueAt;
	return [{ incidentId, key, title, origin, state, revision, dueAt: due, overdue: due !== null && due < now }];
}

/** Late ones first, then by date; what is done stands last. */
function pressing(today: string): (one: TrackedAction, other: TrackedAction) => number {
	const rank = (action: TrackedAction): number => (action.status === 'complete' ? 2 : isOverdue(action, today) ? 0 : 1);
	const date = ({ dueDate }: TrackedAction): string => (dueDate === '' ? '9999' : dueDate);
	return (one, other) =>
		rank(one) - rank(other) || date(one).localeCompare(date(other)) || one.title.localeCompare(other.title);
}

async function isMember(incidentId: string, cookies: CookieReader): Promise<boolean> {
	const token = cookies.get(memberCookie(incidentId));
	if (!token || token.length > 200) return false;
	const hash = hashKey(token);
	const people = await muster().storage.readParticipants(incidentId);
	return people.some(({ tokenHash }) => sameHash(tokenHash, hash));
}

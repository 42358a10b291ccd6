import type { IncidentEvent } from '../../incident/event.ts';
import { measure, notApplicable, type Dimension, type Rating } from '../dimension.ts';
import { elapsed, instantOf, type Facts, type Instant } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { byShare, worse } from '../rating.ts';
import { duration, limit, plural } from '../words.ts';

/** The first public update is due this long after the declaration, or the first page where nobody declared. */
const FIRST_MS = 10 * 60_000;

type Update = Extract<IncidentEvent, { type: 'status_update.published' }>;

/** Longest time without a public update, share of the due windows met, and whether promised times were kept. */
export function cadence(facts: Facts): Dimension {
	// Customers wait for news whether or not anybody declared.
	const created = facts.milestone('created');
	const everyMs = facts.level?.updateEveryMs ?? null;
	if (!created) return notApplicable('cadence', 'No incident is recorded to count from.');
	if (facts.state.stoodDown) return notApplicable('cadence', 'Stood down: there was nothing to tell customers.');
	if (everyMs === null) return notApplicable('cadence', 'No public updates are due at this severity.');
	if (facts.truth?.expected.statusUpdatesNeeded === 0) return notApplicable('cadence', 'No public update was needed.');
	const end: Instant = facts.milestone('resolved') ?? facts.end;
	const fast = playedTooFast('cadence', facts, created, end);
	if (fast) return fast;
	const updates = publicUpdates(facts);
	const { longest, met, missed } = windows(updates, created, end, everyMs);
	const promises = promised(updates, end);
	const wanted = facts.truth?.expected.statusUpdatesNeeded ?? 0;
	if (met + missed === 0 && updates.length >= wanted) {
		return notApplicable('cadence', 'It was over before the first update was due.');
	}
	const few = updates.length < wanted;
	return measure('cadence', {
		measured:
			updates.length === 0
				? 'no public update is recorded'
				: `longest gap ${duration(longest)}, ${met} of ${met + missed} windows met`,
		value: longest,
		unit: 'ms',
		target: `first within ${limit(FIRST_MS)}, then every ${limit(everyMs)}`,
		rating: rate(updates.length, met, missed, promises.broken.length > 0, few),
		evidence: [created.seq, ...updates.map(({ seq }) => seq)],
		note: [
			promises.due === 0 ? '' : `${promises.due - promises.broken.length} of ${promises.due} promised times kept.`,
			few ? `${plural(wanted, 'update')} wanted, ${updates.length} published.` : ''
		]
			.filter((part) => part !== '')
			.join(' ')
	});
}

export function publicUpdates(facts: Facts): Update[] {
	return facts.of('status_update.published').filter(({ payload }) => payload.channel === 'status_page');
}

function windows(
	updates: readonly Update[],
	created: Instant,
	end: Instant,
	everyMs: number
): { longest: number; met: number; missed: number } {
	let last: Instant = created;
	let dueMs = FIRST_MS;
	let [longest, met, missed] = [0, 0, 0];
	for (const update of updates) {
		if (update.occurredAt > end.at) break;
		const gap = Math.max(0, elapsed(last, instantOf(update)));
		longest = Math.max(longest, gap);
		if (gap <= dueMs) met += 1;
		else missed += Math.floor(gap / dueMs);
		last = update.occurredAt > last.at ? instantOf(update) : last;
		dueMs = everyMs;
	}
	const silence = Math.max(0, elapsed(last, end));
	if (silence > dueMs) missed += Math.floor(silence / dueMs);
	return { longest: Math.max(longest, silence), met, missed };
}

/** Promised times that came due before the end, and those by which no further update stood. */
function promised(updates: readonly Update[], end: Instant): { due: number; broken: Update[] } {
	const due = updates.filter(({ payload }) => payload.nextUpdateAt !== null && payload.nextUpdateAt < end.at);
	const broken = due.filter(
		({ seq, occurredAt, payload }) =>
			!updates.some(
				(next) => next.seq !== seq && next.occurredAt > occurredAt && next.occurredAt <= (payload.nextUpdateAt ?? 0)
			)
	);
	return { due: due.length, broken };
}

function rate(count: number, met: number, missed: number, broken: boolean, few: boolean): Rating {
	if (count === 0) return 'U';
	const rating = met + missed === 0 ? 'P' : byShare(met / (met + missed), [0.99, 0.7, 0.3]);
	return broken || few ? worse(rating) : rating;
}

import type { EventType } from '../../incident/event.ts';
import { measure, notApplicable, type Dimension } from '../dimension.ts';
import { elapsed, instantOf, type Facts } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { sittings } from '../occupancy.ts';
import { byShare } from '../rating.ts';
import { percent } from '../words.ts';

const IN_TIME_MS = 2 * 60_000;
/** What a timeline must hold. */
const KEY: EventType[] = [
	'alert.fired',
	'incident.declared',
	'severity.changed',
	'escalated',
	'mitigation.started',
	'mitigation.finished',
	'status.changed'
];

/** Share of key events beside which something was written down within two minutes, while somebody was scribe. */
export function scribe(facts: Facts): Dimension {
	const kept = sittings(facts).filter(({ role, holder }) => role === 'scribe' && holder !== 'bot');
	if (kept.length === 0) return notApplicable('scribe', 'Nobody was scribe: the bot kept the timeline.');
	const key = facts
		.of(...KEY)
		.filter(({ occurredAt }) => kept.some(({ from, to }) => occurredAt >= from.at && occurredAt <= to.at));
	if (key.length === 0) return notApplicable('scribe', 'Nothing happened that had to be written down.');
	const [first, last] = [key[0], key.at(-1)];
	const fast = first && last ? playedTooFast('scribe', facts, instantOf(first), instantOf(last)) : null;
	if (fast) return fast;
	const notes = facts.of('note.added', 'decision.recorded').filter(({ actor }) => actor.kind === 'participant');
	const written = key.filter((event) =>
		notes.some((note) => {
			const ms = elapsed(instantOf(event), instantOf(note));
			return ms >= 0 && ms <= IN_TIME_MS;
		})
	);
	const value = written.length / key.length;
	return measure('scribe', {
		measured: `${written.length} of ${key.length} key events written down within 2 min (${percent(value)})`,
		value,
		unit: 'share',
		target: '80%',
		rating: byShare(value, [0.8, 0.6, 0.3]),
		evidence: [...key, ...notes].map(({ seq }) => seq)
	});
}

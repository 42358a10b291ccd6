/**
 * The three to five moments of a log that are worth stopping at together. Pure; a real incident has them wherever its log
 * holds the facts. A moment's `title` and `question` say nothing that the room could not know then: `because` does, and is for
 * readers to whom the truth is open.
 */
import type { IncidentEvent } from '../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY, type SeverityPolicy } from '../incident/severity.ts';
import { readFacts, type Facts } from '../scoring/facts.ts';
import type { Moment } from './moments-kinds.ts';
import { chooseMoments } from './moments-choice.ts';
import { beliefs } from './moments-beliefs.ts';
import { turningPoints } from './moments-impact.ts';
import { deeds, recognition, silence } from './moments-people.ts';

export type { Moment, MomentKind } from './moments-kinds.ts';

/** In order of time. */
export function momentsOf(
	events: readonly IncidentEvent[],
	policy: SeverityPolicy = DEFAULT_SEVERITY_POLICY
): Moment[] {
	const facts: Facts = readFacts(during(events), policy);
	const twins = events.filter((event) => event.type === 'twin.computed');
	return chooseMoments([
		...recognition(facts),
		...silence(facts),
		...deeds(facts, readFacts([...facts.events, ...twins], policy)),
		...turningPoints(facts),
		...beliefs(facts)
	]);
}

/** The incident alone: what people do in the debrief is no part of it. */
function during(events: readonly IncidentEvent[]): IncidentEvent[] {
	const end = events.findIndex(({ type }) => type === 'run.ended');
	return end === -1 ? [...events] : events.slice(0, end + 1);
}

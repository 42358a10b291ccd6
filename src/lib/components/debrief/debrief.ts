import { EVERYONE } from '$lib/incident/actor.ts';
import type { IncidentEvent, PayloadOf, ViewEvent } from '$lib/incident/event.ts';
import { foldAll } from '$lib/incident/fold.ts';
import { foldMilestones } from '$lib/incident/milestones.ts';
import type { SeverityPolicy } from '$lib/incident/severity.ts';
import { timeline, type TimelineEntry } from '$lib/incident/timeline.ts';
import { inWords } from './truth-words.ts';
import { scorecard, weighted, type Weights } from '$lib/scoring/index.ts';

/** A mark on the charts: a change or an alert, in incident time. */
export interface ChartMark {
	at: number;
	kind: 'deploy' | 'alert' | 'action';
	label: string;
}

/** Everything a debrief shows, folded from the events its reader may see. */
export function readDebrief(
	events: readonly ViewEvent[],
	origin: 'practice' | 'real',
	policy: SeverityPolicy,
	weights: Weights | null = null
) {
	const state = foldAll(origin, events);
	const began = events.find((event) => event.type === 'run.began') ?? events[0];
	const from = began?.occurredAt ?? 0;
	// After the end people still answer questions and correct the timeline; the picture ends with the incident.
	const end = events.find((event) => event.type === 'run.ended') ?? events.at(-1);
	const harmfulAttempts = new Set(
		events.flatMap((event) =>
			event.type === 'mitigation.judged' && event.payload.verdict === 'harmful' ? [event.payload.attemptId] : []
		)
	);
	const impact = events.findLast((event) => event.type === 'impact.changed' || event.type === 'impact.ended');
	const entries = inWords(timeline(events), events).filter((entry) => entry.at >= from - 2 * 3_600_000);
	return {
		state,
		from,
		chartFrom: Math.min(from, entries.find((entry) => isShortlyBefore(entry, from))?.at ?? from),
		to: Math.max(end?.occurredAt ?? from, from + 60_000),
		milestones: foldMilestones(events),
		entries,
		scorecard: scorecard(events.map(asLogged), policy, weighted(weights)),
		truth: payload(events, 'truth.recorded')[0]?.truth ?? null,
		twins: payload(events, 'twin.computed'),
		panels: payload(events, 'telemetry.archived')[0]?.panels ?? [],
		impactMinutes:
			impact?.type === 'impact.changed' || impact?.type === 'impact.ended' ? impact.payload.affectedMinutes : 0,
		harmful: new Set(
			events.flatMap((event) =>
				event.type === 'mitigation.started' && harmfulAttempts.has(event.payload.attemptId) ? [event.viewSeq] : []
			)
		),
		marks: marksOf(events)
	};
}

/** What set it off has often happened before anybody was called: a change just before belongs into the picture. */
function isShortlyBefore({ icon, at }: TimelineEntry, from: number): boolean {
	return icon === 'change' && at >= from - 15 * 60_000;
}

function payload<T extends ViewEvent['type']>(events: readonly ViewEvent[], type: T): PayloadOf<T>[] {
	return events.flatMap((event) => (event.type === type ? [event.payload as PayloadOf<T>] : []));
}

function marksOf(events: readonly ViewEvent[]): ChartMark[] {
	return events.flatMap((event): ChartMark[] => {
		if (event.type === 'change.deployed') return [{ at: event.occurredAt, kind: 'deploy', label: event.payload.title }];
		if (event.type === 'alert.fired') return [{ at: event.occurredAt, kind: 'alert', label: event.payload.name }];
		if (event.type === 'mitigation.finished')
			return [{ at: event.occurredAt, kind: 'action', label: event.payload.name }];
		return [];
	});
}

/** A view reads as a log of its own: its evidence is numbered as its reader sees it. */
export function asLogged(event: ViewEvent): IncidentEvent {
	const { viewSeq, ...rest } = event;
	return { ...rest, seq: viewSeq, recordedAt: event.occurredAt, audience: EVERYONE, causedBy: null };
}

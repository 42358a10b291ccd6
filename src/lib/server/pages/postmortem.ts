// The post-mortem's page. Those who took part get the document itself over the socket; others get it to read.

import type { IncidentEvent } from '../../incident/event.ts';
import { best, between, foldMilestones, type Milestones } from '../../incident/milestones.ts';
import type { Milestone } from '../../incident/milestone.ts';
import { timeline } from '../../incident/timeline.ts';
import { actionTerms, ownerOf } from '../../postmortem/action-items.ts';
import type { PostmortemDocument } from '../../postmortem/document.ts';
import { FIGURE_MILESTONES, MILESTONE_NAMES, milestoneCorrections } from '../../postmortem/milestone-corrections.ts';
import type { Figure, LogEntry, Moment, Rerun } from '../../protocol/postmortem.ts';
import { muster, type Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { readable } from '../runs/postmortem-words.ts';
import { findForPage, load, requireInsider } from './found.ts';
import type { CookieReader, PostmortemPage } from './types.ts';

export function loadPostmortem(incidentId: string, cookies: CookieReader): Promise<PostmortemPage> {
	return load(async () => {
		const found = await findForPage(incidentId, cookies);
		await requireInsider(found, cookies);
		const { live, me, header, people } = found;
		const { lifecycle, postmortem, truthOpen, severity } = live.course.incident;
		const drafted = postmortem.state !== 'none';
		const now = muster().hub.context.now();
		const events = drafted ? readable(truthOpen, live.events) : [];
		const milestones = foldMilestones(events);
		const document = drafted ? await (await muster().postmortems.of(live)).read() : null;
		const reruns = drafted ? await rerunsOf(muster(), live) : [];
		return {
			header,
			lifecycle,
			severity,
			me,
			people,
			state: postmortem.state,
			dueAt: postmortem.dueAt,
			revision: postmortem.revision ?? 1,
			published: publication(live),
			truthOpen,
			timeZone: live.compiled?.scenario.clock.zone ?? null,
			today: new Date(now).toISOString().slice(0, 10),
			log: timeline(events).map(entryOf),
			moments: momentsOf(milestones, live.stored.origin === 'practice'),
			corrections: milestoneCorrections(events),
			figures: figuresOf(milestones),
			terms: actionTerms(endOf(live), severity, live.stored.policy, ownerOf({ state: live.course.incident })),
			truth: truthOf(live),
			reruns,
			proofs: await proofsOf(muster(), reruns, document),
			document: me === null ? document : null
		};
	});
}

function publication({ course, events }: LiveIncident): PostmortemPage['published'] {
	const { published } = course.incident.postmortem;
	const last = events.findLast(({ type }) => type === 'postmortem.published');
	return published && last ? { ...published, at: last.recordedAt } : null;
}

function entryOf(entry: ReturnType<typeof timeline>[number]): LogEntry {
	const { seq, at, title, detail, lane, by, key } = entry;
	return { seq, at, title, detail, lane, by: by.kind === 'participant' ? by.id : by.name, key };
}

/** As people said it, corrected or not; what only a simulation knows cannot be corrected. */
function momentsOf({ claimed, truth }: Milestones, practice: boolean): Moment[] {
	return FIGURE_MILESTONES.map((milestone) => {
		const value = claimed[milestone] ?? (milestone === 'impactStarted' ? truth[milestone] : null);
		return {
			milestone,
			name: MILESTONE_NAMES[milestone],
			at: value?.at ?? null,
			seq: value?.seq ?? null,
			corrected: value?.corrected ?? false,
			simulated: practice && milestone === 'impactStarted'
		};
	});
}

const FIGURES: { name: string; from: Milestone; to: Milestone; between: string }[] = [
	{
		name: 'To detect',
		from: 'impactStarted',
		to: 'recognised',
		between: 'impact began → first acknowledged or declared'
	},
	{ name: 'To mitigate', from: 'impactStarted', to: 'mitigated', between: 'impact began → mitigated' },
	{ name: 'To resolve', from: 'created', to: 'resolved', between: 'declared → resolved' }
];

function figuresOf(milestones: Milestones): Figure[] {
	return FIGURES.map(({ name, from, to, between: words }) => {
		const [start, end] = [best(milestones, from), best(milestones, to)];
		const corrected = [start, end].some((value) => value?.corrected === true);
		return { name, between: words, ms: between(start, end), corrected };
	});
}

/** Wall time at which it was over, from which deadlines count. */
function endOf({ events }: LiveIncident): number {
	const last = events.findLast(({ type }) => type === 'run.ended' || type === 'postmortem.drafted');
	return last?.recordedAt ?? events.at(-1)?.recordedAt ?? 0;
}

/** Only once people have said what they think. */
function truthOf({ stored, course, events }: LiveIncident): PostmortemPage['truth'] {
	const { truthOpen, postmortem } = course.incident;
	if (stored.origin !== 'practice' || !truthOpen || !postmortem.published) return null;
	const recorded = events.find((event) => event.type === 'truth.recorded');
	return recorded?.type === 'truth.recorded' ? recorded.payload.truth : null;
}

const MOST_RERUNS = 30;

/** Later runs of the same scenario, and of others of its class; any run where the incident was real. */
async function rerunsOf({ storage, scenarios }: Muster, live: LiveIncident): Promise<Rerun[]> {
	const played = live.compiled?.scenario.id ?? null;
	const classes = new Map(scenarios.cards.map((card) => [card.id, card.class]));
	const own = played === null ? null : (classes.get(played) ?? null);
	const listed = await storage.listIncidents({ search: '', limit: 200 });
	const found = listed
		.filter(
			({ incidentId, origin, lifecycle, createdAt, scenario }) =>
				incidentId !== live.incidentId &&
				origin === 'practice' &&
				lifecycle === 'ended' &&
				createdAt >= live.stored.createdAt &&
				(played === null || scenario === played || (own !== null && classes.get(scenario ?? '') === own))
		)
		.slice(0, MOST_RERUNS);
	const truths = await storage.readEventsOf(
		found.map(({ incidentId }) => incidentId),
		['truth.recorded']
	);
	return found.map(({ incidentId, key, title, endedAt, scenario }) => {
		const [recorded] = truths.get(incidentId) ?? [];
		const variant = recorded?.type === 'truth.recorded' ? recorded.payload.truth.variant?.title : undefined;
		const same = scenario !== null && scenario === played;
		return { incidentId, key, title, endedAt, same, ...(variant !== undefined && { variant }) };
	});
}

async function proofsOf(
	{ storage }: Muster,
	reruns: readonly Rerun[],
	document: PostmortemDocument | null
): Promise<Record<string, Figure[]>> {
	const linked = new Set(document?.actionItems.flatMap(({ proofIncidentId }) => proofIncidentId ?? []));
	const wanted = reruns.filter(({ incidentId }) => linked.has(incidentId));
	const figures = await Promise.all(
		wanted.map(async ({ incidentId }) => {
			const events: IncidentEvent[] = await storage.readEvents(incidentId);
			const open = events.some(({ type }) => type === 'truth.opened');
			return [incidentId, figuresOf(foldMilestones(readable(open, events)))] as const;
		})
	);
	return Object.fromEntries(figures);
}

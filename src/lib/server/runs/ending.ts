// What Muster adds to a run's log once it has ended: its telemetry, its twins, and when the truth is open the draft of its
// post-mortem. Each step looks first whether it is there, so that an end that was interrupted is finished at the next opportunity.

import { EVERYONE, TRUTH } from '../../incident/actor.ts';
import type { EventDraft, IncidentEvent } from '../../incident/event.ts';
import { DAY_MS, reviewTerms } from '../../incident/review-terms.ts';
import { evaluateRange, parse } from '../../promql/index.ts';
import { dashboardPanels } from '../../telemetry/index.ts';
import type { HubContext } from './context.ts';
import type { LiveIncident, Notice, Watcher } from './live-incident.ts';
import { PracticeCourse } from './practice-course.ts';
import type { Postmortems } from './postmortems.ts';

const ARCHIVE_STEP_MS = 15_000;
/** What happened before the run is shown too, as far as the charts of a debrief go back. */
const ARCHIVE_BEFORE_MS = 30 * 60_000;
const MOST_SERIES = 6;

export class Endings implements Watcher {
	#context: HubContext;
	#postmortems: Postmortems;
	#busy = new WeakMap<LiveIncident, Set<string>>();
	/** What is under way; awaited at shutdown. */
	#running = new Set<Promise<void>>();

	constructor(context: HubContext, postmortems: Postmortems) {
		this.#context = context;
		this.#postmortems = postmortems;
	}

	loaded(live: LiveIncident): void {
		this.finish(live);
	}

	events(live: LiveIncident, events: readonly IncidentEvent[]): void {
		if (events.some(({ type }) => type === 'run.ended' || type === 'truth.opened')) this.finish(live);
	}

	/** The database is back: what could not be stored is tried again. */
	notice(live: LiveIncident, notice: Notice): void {
		if ('clear' in notice) this.finish(live);
	}

	/** Brings an ended run to its last event, in the background; does nothing where all is there. */
	finish(live: LiveIncident): void {
		if (live.course.incident.lifecycle !== 'ended' || live.stored.origin !== 'practice') return;
		// Apart from each other: people wait for the draft, and other futures take longer.
		this.#do(live, 'draft', () => this.#draft(live));
		this.#do(live, 'archive', () => this.#archive(live));
		this.#do(live, 'twins', () => this.#twins(live));
	}

	#do(live: LiveIncident, name: string, work: () => Promise<void>): void {
		const busy = this.#busy.get(live) ?? new Set<string>();
		this.#busy.set(live, busy);
		if (busy.has(name)) return;
		busy.add(name);
		const doing = work()
			.catch((error: unknown) => {
				// What is missing is added when the incident is brought into memory again.
				if (this.#context.closing.aborted || live.phase.type !== 'live') return;
				this.#context.metrics.faults.inc({ where: 'ending' });
				this.#context.log.error({ incident: live.incidentId, err: error, name }, 'an ended run could not be finished');
			})
			.finally(() => {
				busy.delete(name);
				this.#running.delete(doing);
			});
		this.#running.add(doing);
	}

	async settle(): Promise<void> {
		await Promise.allSettled(this.#running);
	}

	/** Not before the truth is open: a draft may only say what its readers know, and the three answers belong in it. */
	async #draft(live: LiveIncident): Promise<void> {
		if (!live.course.incident.truthOpen || has(live, 'postmortem.drafted')) return;
		await this.#postmortems.of(live);
		const { postmortemDays } = reviewTerms(live.stored.policy, live.course.incident.severity);
		// On the wall's calendar: a run that is set in another year is reviewed in this one.
		const dueAt = this.#context.now() + postmortemDays * DAY_MS;
		await keep(live, [{ type: 'postmortem.drafted', payload: { dueAt }, ...when(live), audience: EVERYONE }]);
	}

	async #archive(live: LiveIncident): Promise<void> {
		if (!has(live, 'telemetry.archived')) await keep(live, await archive(live));
	}

	async #twins(live: LiveIncident): Promise<void> {
		const { course } = live;
		if (!(course instanceof PracticeCourse) || has(live, 'twin.computed')) return;
		const { seed, settings } = course.state;
		const commands = await this.#context.storage.readCommands(live.incidentId);
		const endedMs = course.simMs;
		const twins = await this.#context.twins({
			compiled: course.engine.compiled,
			run: {
				seed,
				settings,
				commands: commands.map(({ result: _result, ...command }) => command),
				events: live.events,
				endedAt: course.at(endedMs),
				endedMs
			}
		});
		await keep(live, twins);
	}
}

async function keep(live: LiveIncident, events: EventDraft[]): Promise<void> {
	if (events.length > 0 && !(await live.record(events))) throw new Error('what follows an end could not be stored');
}

function has(live: LiveIncident, type: IncidentEvent['type']): boolean {
	return live.events.some((event) => event.type === type);
}

function when(live: LiveIncident): Omit<EventDraft, 'type' | 'payload' | 'audience'> {
	const simMs = live.course.simMs;
	return {
		occurredAt: live.course.at(simMs ?? 0),
		simMs,
		actor: { kind: 'system', name: 'muster' },
		causedBy: null
	};
}

/** The panels of the run at 15 s, as people saw them: charts of the debrief need no engine then. */
async function archive(live: LiveIncident): Promise<EventDraft[]> {
	const { course } = live;
	if (!(course instanceof PracticeCourse)) return [];
	const { engine, state } = course;
	const queryable = engine.observation.queryable(state.world, state.simMs);
	const endMs = state.simMs;
	const range = { startMs: -ARCHIVE_BEFORE_MS, endMs, stepMs: ARCHIVE_STEP_MS };
	const panels: Extract<EventDraft, { type: 'telemetry.archived' }>['payload']['panels'] = [];
	for (const { service, group, title, unit, query, where } of dashboardPanels(engine.compiled)) {
		if (group !== 'golden') continue;
		const parsed = parse(query);
		const found = parsed.ok && evaluateRange(parsed.value, queryable, range);
		if (!found || !found.ok || found.value.value.type !== 'matrix') continue;
		const wanted = Object.entries(where);
		const series = found.value.value.series
			.filter(({ labels }) => wanted.every(([name, value]) => labels[name] === value))
			.slice(0, MOST_SERIES)
			.map(({ labels, times, values }) => ({
				labels: { ...labels },
				times: times.map((time) => engine.compiled.startsAt + time),
				values: values.map((value) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null))
			}));
		if (series.length > 0) panels.push({ title: service === null ? title : `${service}: ${title}`, unit, series });
		await breath();
	}
	return [{ type: 'telemetry.archived', payload: { panels }, ...when(live), audience: TRUTH }];
}

/** Lets others have their turn between pieces of work. */
function breath(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

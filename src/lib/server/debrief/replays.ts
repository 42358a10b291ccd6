// Runs that are being looked back at: each is played once, in slices between which everybody else has their turn, and a few are
// kept. What is kept is disposable: the log gives the same.

import { createEngine } from '../../engine/index.ts';
import type { EngineState } from '../../engine/types.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { Rewind } from '../../lab/rewind.ts';
import type { Replayable } from '../../protocol/debrief.ts';
import type { Muster } from '../muster.ts';
import { ArchiveCourse } from '../runs/archive-course.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';

const MOST_KEPT = 6;

interface Kept {
	rewind: Rewind;
	/** Resolves when the run has been played to its end; rejects where its log cannot be. */
	whole: Promise<void>;
}

export type Found = { ok: true; rewind: Rewind; state: EngineState } | Refusal;

export class Replays {
	#muster: Muster;
	#kept = new Map<string, Promise<Kept>>();

	constructor(muster: Muster) {
		this.#muster = muster;
	}

	static #byMuster = new WeakMap<Muster, Replays>();
	static of(muster: Muster): Replays {
		const replays = Replays.#byMuster.get(muster) ?? new Replays(muster);
		Replays.#byMuster.set(muster, replays);
		return replays;
	}

	/** The run as it stood at a simulated time. */
	at(live: LiveIncident, simMs: number): Promise<Found> {
		return this.#find(
			live,
			(rewind) => (rewind.reachMs >= simMs ? rewind.at(simMs) : null),
			(rewind) => rewind.at(simMs)
		);
	}

	/** The run as it stood after its first `count` events. */
	afterEvents(live: LiveIncident, count: number): Promise<Found> {
		return this.#find(
			live,
			() => null,
			(rewind) => rewind.afterEvents(count)
		);
	}

	/** The run at its end. */
	end(live: LiveIncident): Promise<Found> {
		return this.#find(
			live,
			() => null,
			(rewind) => rewind.at(rewind.reachMs)
		);
	}

	/** `early` may answer before the run has been played whole. */
	async #find(
		live: LiveIncident,
		early: (rewind: Rewind) => EngineState | null,
		late: (rewind: Rewind) => EngineState
	): Promise<Found> {
		const can = replayable(live);
		if (!can.ok) return refuse('wrong_state', can.why);
		const { rewind, whole } = await this.#keep(live);
		const soon = early(rewind);
		if (soon) return { ok: true, rewind, state: soon };
		await whole;
		return { ok: true, rewind, state: late(rewind) };
	}

	#keep(live: LiveIncident): Promise<Kept> {
		const id = live.incidentId;
		const kept = this.#kept.get(id) ?? this.#begin(live);
		this.#kept.delete(id);
		this.#kept.set(id, kept);
		for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
		return kept;
	}

	async #begin(live: LiveIncident): Promise<Kept> {
		const { course } = live;
		if (!(course instanceof PracticeCourse)) throw new Error('Only a simulated run can be played again.');
		const { seed, settings } = course.state;
		const stored = await this.#muster.storage.readCommands(live.incidentId);
		const commands = stored.map(({ result: _result, ...command }) => command);
		// An engine of its own: its memos are of the past, those of the room's are of now.
		const rewind = new Rewind(createEngine(course.engine.compiled, seed), { seed, settings, commands });
		const whole = this.#play(live, rewind);
		whole.catch((error: unknown) => {
			this.#kept.delete(live.incidentId);
			this.#muster.metrics.faults.inc({ where: 'replay' });
			this.#muster.log.error({ incident: live.incidentId, err: error }, 'a run could not be played again');
		});
		return { rewind, whole };
	}

	async #play(live: LiveIncident, rewind: Rewind): Promise<void> {
		while (!rewind.grow()) {
			await new Promise((resolve) => setImmediate(resolve));
			if (live.phase.type === 'lost') throw new Error('Another server runs this incident now.');
		}
	}
}

/** Whether a run that has ended can be played again here. */
export function replayable(live: LiveIncident): Replayable {
	const { course } = live;
	if (live.stored.origin === 'real')
		return {
			ok: false,
			why: 'A real incident has no simulated system to play again: its log and its charts are shown.'
		};
	if (course instanceof ArchiveCourse) return { ok: false, why: `${course.why} What was archived is shown instead.` };
	if (course.incident.lifecycle !== 'ended') return { ok: false, why: 'The run is still going on.' };
	return { ok: true, endMs: course.simMs ?? 0 };
}

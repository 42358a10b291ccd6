// Snapshots make recovery short. They are written beside the log and never waited for by anybody.

import { ENGINE_VERSION } from '../../engine/types.ts';
import { failpoint } from '../failpoint.ts';
import type { HubContext } from './context.ts';
import type { LiveIncident } from './live-incident.ts';
import { PracticeCourse } from './practice-course.ts';

/** One per minute of simulated time, and at 60× speed not more often than every few seconds of wall time. */
const EVERY_SIM_MS = 60_000;
const EVERY_WALL_MS = 5_000;

interface Taken {
	simMs: number;
	n: number;
	wallMs: number;
}

export class Snapshots {
	#context: HubContext;
	#taken = new WeakMap<LiveIncident, Taken>();
	#busy = new WeakSet<LiveIncident>();
	#underWay = 0;

	constructor(context: HubContext) {
		this.#context = context;
	}

	/** Takes a snapshot where one is due, in the background. */
	consider(live: LiveIncident): void {
		const last = this.#taken.get(live);
		const simMs = live.course.simMs ?? 0;
		const wallMs = this.#context.monotonic();
		if (!last) {
			this.#taken.set(live, { simMs, n: live.position.n, wallMs });
			return;
		}
		const ended = live.course.incident.lifecycle === 'ended' && last.n !== live.position.n;
		if (simMs - last.simMs < EVERY_SIM_MS && !ended) return;
		if (wallMs - last.wallMs < EVERY_WALL_MS) return;
		// Runs that began together fall due together: one at a time, so that hashing them is no pause for anybody.
		if (this.#underWay > 0) return;
		this.take(live).catch((error: unknown) =>
			this.#context.log.warn({ incident: live.incidentId, err: error }, 'a snapshot could not be written')
		);
	}

	/** Writes one now. State and position are read together, in one turn, so that they belong to each other. */
	async take(live: LiveIncident): Promise<void> {
		const { course, position, phase } = live;
		if (!(course instanceof PracticeCourse) || phase.type !== 'live' || this.#busy.has(live)) return;
		const { engine, state } = course;
		this.#taken.set(live, { simMs: state.simMs, n: position.n, wallMs: this.#context.monotonic() });
		this.#busy.add(live);
		this.#underWay++;
		try {
			failpoint('snapshot.before');
			await this.#context.storage.writeSnapshot(live.incidentId, live.epoch, {
				...position,
				simMs: state.simMs,
				engineVersion: ENGINE_VERSION,
				hash: engine.hash(state),
				state,
				takenAt: this.#context.now()
			});
			failpoint('snapshot.after');
		} finally {
			this.#busy.delete(live);
			this.#underWay--;
		}
	}
}

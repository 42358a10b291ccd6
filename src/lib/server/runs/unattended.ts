// Runs that nobody attends: first they pause, later they leave memory. Whoever comes back finds them as they were.

import type { HubContext } from './context.ts';
import type { LiveIncident } from './live-incident.ts';
import { pauseByMuster } from './system-commands.ts';

/** How long an empty room stays in memory, in milliseconds. */
const PUT_AWAY_MS = 10 * 60_000;

export class Unattended {
	#context: HubContext;
	/** Since when nobody has been connected, monotonic. */
	#emptySince = new WeakMap<LiveIncident, number>();
	#pausing = new WeakSet<LiveIncident>();

	constructor(context: HubContext) {
		this.#context = context;
	}

	consider(live: LiveIncident): 'kept' | 'put away' {
		if (live.people.here > 0) {
			this.#emptySince.delete(live);
			return 'kept';
		}
		const now = this.#context.monotonic();
		const since = this.#emptySince.get(live) ?? now;
		this.#emptySince.set(live, since);
		if (live.course.incident.lifecycle === 'running' && live.stored.origin === 'practice') {
			if (now - since >= this.#context.unattendedMs) this.#pause(live);
			return 'kept';
		}
		return now - since >= PUT_AWAY_MS && live.phase.type === 'live' ? 'put away' : 'kept';
	}

	#pause(live: LiveIncident): void {
		if (this.#pausing.has(live)) return;
		this.#pausing.add(live);
		void pauseByMuster(live, 'unattended', 'Nobody was here, so the run has paused itself.')
			.catch((error: unknown) => this.#context.log.error({ incident: live.incidentId, err: error }, 'could not pause'))
			.finally(() => this.#pausing.delete(live));
	}
}

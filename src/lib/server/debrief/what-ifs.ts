// Other futures, asked for by people: simulated beside the server, one at a time, and remembered for those who ask the same.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import { checkEdits, thisRun, type FinishedRun, type WhatIf } from '../../lab/what-if.ts';
import type { Future } from '../../lab/what-if-future.ts';
import { editableCommands, offeredEdits } from '../../lab/what-if-offers.ts';
import { canonicalJson } from '../../scenario/canonical-json.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { FutureAnswer, WhatIfOffer } from '../../protocol/debrief.ts';
import type { Muster } from '../muster.ts';
import { computeBeside } from '../runs/beside.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { replayable } from './replays.ts';

export interface WhatIfWork {
	compiled: CompiledScenario;
	run: FinishedRun;
	asked: WhatIf;
}
export type WorkOut = (work: WhatIfWork) => Promise<Future>;

const FILE = 'src/lib/server/debrief/what-if-process.ts';
const MOST_REMEMBERED = 60;
const MOST_WAITING = 6;

export class WhatIfs {
	#workOut: WorkOut;
	#last: Promise<unknown> = Promise.resolve();
	#waiting = 0;
	#known = new Map<string, Promise<Future>>();

	constructor(workOut: WorkOut) {
		this.#workOut = workOut;
	}

	static #byMuster = new WeakMap<Muster, WhatIfs>();
	static of(muster: Muster): WhatIfs {
		const { root } = muster.config;
		const closing = muster.hub.context.closing;
		const whatIfs =
			WhatIfs.#byMuster.get(muster) ?? new WhatIfs((work) => computeBeside<Future>(root, FILE, work, closing));
		WhatIfs.#byMuster.set(muster, whatIfs);
		return whatIfs;
	}

	/** The future, or why there is none. Rejects where the simulation fails. */
	async ask(muster: Muster, live: LiveIncident, asked: WhatIf): Promise<FutureAnswer | Refusal> {
		const can = replayable(live);
		const found = can.ok ? await finishedRun(muster, live) : null;
		if (!can.ok || !found) return refuse('wrong_state', can.ok ? 'This run cannot be simulated again.' : can.why);
		const { compiled, run, limitMs } = found;
		const wrong = asked.type === 'edits' ? checkEdits(run, asked.edits, limitMs) : null;
		if (wrong !== null) return refuse('incomplete', wrong);
		const key = `${live.incidentId} ${canonicalJson(asked)}`;
		const known = this.#known.get(key);
		if (known) return known;
		if (this.#waiting >= MOST_WAITING)
			return refuse('too_many', 'Several futures are being simulated already. Try again in a moment.');
		const future = this.#queue(() => this.#workOut({ compiled, run, asked }));
		this.#known.set(key, future);
		future.catch(() => this.#known.delete(key));
		for (const oldest of this.#known.keys()) if (this.#known.size > MOST_REMEMBERED) this.#known.delete(oldest);
		return future;
	}

	#queue(work: () => Promise<Future>): Promise<Future> {
		this.#waiting++;
		const next = this.#last.then(work).finally(() => this.#waiting--);
		this.#last = next.catch(() => undefined);
		return next;
	}
}

/** What may be asked about a run. Where it cannot be simulated, what its log holds is there all the same. */
export async function whatIfOffer(muster: Muster, live: LiveIncident): Promise<WhatIfOffer> {
	const can = replayable(live);
	const settings = { policy: live.stored.policy, bots: [], limitMinutes: null };
	const found = can.ok ? await finishedRun(muster, live) : null;
	const run = found?.run ?? { seed: '', settings, commands: [], events: live.events };
	const clock = live.events.find(({ simMs }) => simMs !== null);
	return {
		why: can.ok ? null : can.why,
		thisRun: thisRun(run),
		limitMs: found?.limitMs ?? live.course.simMs ?? 0,
		startsAt: clock ? clock.occurredAt - (clock.simMs ?? 0) : 0,
		commands: editableCommands(run.commands, run.events),
		offers: offeredEdits(run.commands, run.events)
	};
}

async function finishedRun(
	muster: Muster,
	live: LiveIncident
): Promise<{ compiled: CompiledScenario; run: FinishedRun; limitMs: number } | null> {
	const { course } = live;
	if (!(course instanceof PracticeCourse)) return null;
	const { seed, settings } = course.state;
	const { compiled } = course.engine;
	const stored = await muster.storage.readCommands(live.incidentId);
	const commands = stored.map(({ result: _result, ...command }) => command);
	const limitMs = (settings.limitMinutes ?? compiled.scenario.minutes) * 60_000;
	return { compiled, run: { seed, settings, commands, events: live.events }, limitMs };
}

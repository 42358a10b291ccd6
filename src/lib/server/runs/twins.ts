// Other futures of a run that has ended, worked out beside the server.

import type { EventDraft } from '../../incident/event.ts';
import type { computeTwins } from '../../lab/twins.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { computeBeside } from './beside.ts';

export interface TwinsRequest {
	compiled: CompiledScenario;
	run: Parameters<typeof computeTwins>[1];
}
export type Twins = (request: TwinsRequest) => Promise<EventDraft[]>;

const FILE = 'src/lib/server/runs/twins-process.ts';

/**
 * Works twins out in a process of its own, one at a time and behind everything else. `root` is the product's folder; `closing`
 * gives up what is under way.
 */
export function twinsBeside(root: string, closing: AbortSignal): Twins {
	let last: Promise<unknown> = Promise.resolve();
	return (request) => {
		const next = last.then(() => computeBeside<EventDraft[]>(root, FILE, request, closing));
		last = next.catch(() => undefined);
		return next;
	};
}

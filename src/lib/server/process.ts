// What the process around SvelteKit and the code inside it have to hand to each other.
//
// The built application is a bundle of its own: a module imported by the launcher and the same module inside the bundle
// are two instances. So what both must see lives on `globalThis` under registered symbols, and only this file knows them.

import type { Server } from 'node:http';

const HTTP = Symbol.for('muster.httpServer');
const ENDINGS = Symbol.for('muster.endings');

/** One thing to finish before the process ends. `name` is said in the log when it fails or takes too long. */
export interface Ending {
	name: string;
	run: () => Promise<void> | void;
}

interface Slots {
	[HTTP]?: Server;
	[ENDINGS]?: Ending[];
}

const slots = globalThis as typeof globalThis & Slots;

/** Leaves the HTTP server where the application finds it; called before the application is loaded. */
export function offerHttpServer(server: Server): void {
	slots[HTTP] = server;
}

/** The HTTP server this process listens with, or undefined where there is none (a build, a unit test). */
export function offeredHttpServer(): Server | undefined {
	return slots[HTTP];
}

/** Adds something to finish at SIGTERM or SIGINT. What was added last is finished first; a name is held once. */
export function onEnding(ending: Ending): void {
	const others = (slots[ENDINGS] ?? []).filter((known) => known.name !== ending.name);
	slots[ENDINGS] = [...others, ending];
}

/** Finishes everything that was added, last first, and forgets it. A failure does not keep the others from ending. */
export async function runEndings(report: (name: string, error: unknown) => void): Promise<void> {
	const endings = (slots[ENDINGS] ?? []).toReversed();
	slots[ENDINGS] = [];
	for (const { name, run } of endings) {
		try {
			await run();
		} catch (error) {
			report(name, error);
		}
	}
}

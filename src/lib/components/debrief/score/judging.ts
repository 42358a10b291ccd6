import { getContext, setContext } from 'svelte';
import type { RatedThing, Rating } from '$lib/incident/rating.ts';

/** Somebody who may rate what they see; absent for whoever may only read. */
export interface Judging {
	me: string;
	/** Answers with why it was refused; empty where it is stored. */
	rate: (of: RatedThing, rating: Rating | null, note: string) => Promise<string>;
}

const JUDGING = Symbol('judging');

export function provideJudging(judging: () => Judging | null): void {
	setContext(JUDGING, judging);
}
export function useJudging(): Judging | null {
	return getContext<(() => Judging | null) | undefined>(JUDGING)?.() ?? null;
}

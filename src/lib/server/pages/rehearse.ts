// What the rehearsal page offers.

import { muster } from '../muster.ts';

/** The scenarios that rules can be rehearsed over. */
export function listRehearsable(): { id: string; title: string; minutes: number }[] {
	return muster().scenarios.cards.map(({ id, title, minutes }) => ({ id, title, minutes }));
}

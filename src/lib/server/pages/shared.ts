// A debrief opened by a link, without an account.

import { refuse } from '../../incident/refusal.ts';
import { openShared, sharedView } from '../debrief/shared.ts';
import { readWeights } from '../debrief/weights.ts';
import { muster } from '../muster.ts';
import { fail, load } from './found.ts';
import type { SharedPage } from './types.ts';

export function loadShared(token: string): Promise<SharedPage> {
	return load(async () => {
		const opened = await openShared(muster(), token);
		if (opened.state === 'unknown')
			fail(refuse('unknown_id', 'There is no such link. It may be mistyped: ask whoever gave it to you.'));
		if (opened.state === 'withdrawn') return { state: 'withdrawn' };
		const { live, label, names } = opened;
		const { key, origin, policy } = live.stored;
		return {
			state: 'open',
			label,
			names,
			key,
			origin,
			policy,
			timeZone: live.compiled?.scenario.clock.zone ?? null,
			weights: await readWeights(muster().storage),
			...sharedView(live, names)
		};
	});
}

import { withUnit } from '../../charts/units.ts';
import type { StudioRun, StudioSystem } from '$lib/protocol/studio.ts';
import type { DrawnService, Standing } from '../../map/ServiceMap.svelte';
import { valueAt } from './axis.ts';

/** The truth of a service at a moment, not what its instruments show. */
export function trueStanding(system: StudioSystem, run: StudioRun | null, atMs: number) {
	return ({ id, kind }: DrawnService): Standing => {
		const errors = run && valueAt(run, `${id}.errors`, system.grid, atMs);
		const latency = run && valueAt(run, `${id}.latency`, system.grid, atMs);
		const before = run && valueAt(run, `${id}.latency`, system.grid, system.grid.fromMs);
		if (errors === null || latency === null) return { level: 'unknown', lines: ['the run is over'], last: kind };
		const slow = before ? latency / before : 1;
		const level = errors >= 0.05 || slow >= 4 ? 'bad' : errors >= 0.01 || slow >= 2 ? 'warn' : 'ok';
		return {
			level,
			lines: [`p95 ${withUnit(latency, 'milliseconds')}`, `${withUnit(errors, 'ratio')} errors`],
			last: kind
		};
	};
}

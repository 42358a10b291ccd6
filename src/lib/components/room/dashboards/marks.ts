import type { IncidentState } from '$lib/incident/state.ts';
import type { ChartMark } from '../../charts/marks.ts';

/** Changes and alerts as every chart shows them; a mitigation is a change that we made. */
export function marksOf(state: Pick<IncidentState, 'changes' | 'alerts' | 'mitigations'>): ChartMark[] {
	return [
		...state.changes.map(({ at, title }): ChartMark => ({ at, kind: 'change', label: title })),
		...state.mitigations.map(({ startedAt, name }): ChartMark => ({ at: startedAt, kind: 'change', label: name })),
		...state.alerts.map(({ firedAt, name }): ChartMark => ({ at: firedAt, kind: 'alert', label: name }))
	];
}

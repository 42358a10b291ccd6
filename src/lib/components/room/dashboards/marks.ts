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

/** As far from the crosshair as this share of the time that is drawn, a mark is still meant. */
const NEAR = 0.012;
const MOST_NEAR = 3;

/** The marks at a moment of a chart that shows `windowMs`, the nearest first. */
export function marksAt(marks: readonly ChartMark[], at: number, windowMs: number): ChartMark[] {
	return marks
		.filter((mark) => Math.abs(mark.at - at) <= windowMs * NEAR)
		.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))
		.slice(0, MOST_NEAR);
}

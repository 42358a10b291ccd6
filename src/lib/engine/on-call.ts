import type { OnCall } from '../incident/on-call.ts';
import { responders } from '../incident/seats.ts';
import type { IncidentState } from '../incident/state.ts';

/**
 * Who holds which seat of the rota in this run: those who respond, in the order in which they joined. Whoever is alone
 * holds them all but the junior's; a small team shares them.
 */
export function onCallOf(incident: IncidentState): OnCall {
	const here = responders(incident);
	const at = (index: number) => here[index] ?? null;
	const first = at(0);
	const second = at(1) ?? first;
	return {
		primary: first,
		secondary: second,
		senior_ic: first,
		subject_expert: second,
		manager: at(2) ?? second,
		junior_engineer: at(3)
	};
}

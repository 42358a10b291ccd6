import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { LiveIncident } from './live-incident.ts';
import { PracticeCourse } from './practice-course.ts';

/** The simulation behind an incident, as it stands; refuses where there is none to look at. */
export function simulationOf(live: LiveIncident): { ok: true; course: PracticeCourse } | Refusal {
	const { course } = live;
	if (course instanceof PracticeCourse) return { ok: true, course };
	return live.stored.origin === 'real'
		? refuse('wrong_state', 'A real incident has no simulated system to look at.')
		: refuse('wrong_state', 'The simulated system of this run can no longer be shown.');
}

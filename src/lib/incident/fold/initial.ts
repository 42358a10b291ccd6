import { COMMAND_ROLES, type CommandRole } from '../role.ts';
import type { IncidentState, SeatState } from '../state.ts';

/** An incident before its first event. A practice one waits in the lobby; a real one has no lobby. */
export function initialIncidentState(origin: 'practice' | 'real'): IncidentState {
	const roles = {} as Record<CommandRole, SeatState>;
	for (const role of COMMAND_ROLES) roles[role] = { participantId: null, bot: false, since: null };
	return {
		origin,
		lifecycle: origin === 'practice' ? 'lobby' : 'running',
		pause: null,
		frozen: false,
		speed: 1,
		declared: null,
		severity: null,
		status: 'investigating',
		statusSince: null,
		stoodDown: false,
		participants: [],
		roles,
		proposals: [],
		alerts: [],
		messages: [],
		brief: { impact: '', known: '', doing: '', next: '', at: null },
		updates: [],
		questions: [],
		tasks: [],
		hypotheses: [],
		evidence: [],
		decisions: [],
		notes: [],
		changes: [],
		runbooks: [],
		mitigations: [],
		handoffs: [],
		diagnostics: [],
		attachments: [],
		injects: [],
		hints: [],
		observations: [],
		hotwash: [],
		truthOpen: false,
		ended: null,
		postmortem: { state: 'none', dueAt: null },
		lastAt: null,
		counters: {}
	};
}

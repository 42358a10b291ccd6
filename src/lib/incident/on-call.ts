import type { ParticipantId } from './ids.ts';
import type { CommandRole } from './role.ts';
import type { Severity } from './severity.ts';

export const ON_CALL_SEATS = [
	'primary',
	'secondary',
	'senior_ic',
	'subject_expert',
	'manager',
	'junior_engineer'
] as const;
export type OnCallSeat = (typeof ON_CALL_SEATS)[number];

/** Who is on call, by seat of the rota; null where nobody here holds it. One person may hold several. */
export type OnCall = Record<OnCallSeat, ParticipantId | null>;

export const ON_CALL_NAMES: Record<OnCallSeat, string> = {
	primary: 'primary on call',
	secondary: 'secondary on call',
	senior_ic: 'senior incident commander',
	subject_expert: 'subject expert',
	manager: 'manager on call',
	junior_engineer: 'junior engineer'
};

/** Which seat of the rota leads in which role. Source: "Incident Response Excellence", §2, `assign_roles`. */
export function onCallFor(severity: Severity): Record<CommandRole, OnCallSeat | 'bot'> {
	return severity === 'P1'
		? {
				incident_commander: 'senior_ic',
				technical_lead: 'subject_expert',
				communications_lead: 'manager',
				scribe: 'junior_engineer'
			}
		: {
				incident_commander: 'primary',
				technical_lead: 'primary',
				communications_lead: 'secondary',
				scribe: 'bot'
			};
}

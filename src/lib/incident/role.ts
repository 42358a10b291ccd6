/**
 * Seats of the Incident Command System, and those around it. One person may hold several command seats and their
 * views merge; `facilitator` sees the truth and therefore holds no other seat; `responder` and `observer` hold none.
 */
export const COMMAND_ROLES = ['incident_commander', 'technical_lead', 'communications_lead', 'scribe'] as const;
export type CommandRole = (typeof COMMAND_ROLES)[number];

export const ROLES = [...COMMAND_ROLES, 'responder', 'observer', 'facilitator'] as const;
export type Role = (typeof ROLES)[number];

/** Names as people read them. */
export const ROLE_NAMES: Record<Role, string> = {
	incident_commander: 'Incident commander',
	technical_lead: 'Technical lead',
	communications_lead: 'Communications lead',
	scribe: 'Scribe',
	responder: 'Responder',
	observer: 'Observer',
	facilitator: 'Facilitator'
};

/** Two-letter marks for seat chips. */
export const ROLE_MARKS: Record<Role, string> = {
	incident_commander: 'IC',
	technical_lead: 'TL',
	communications_lead: 'CL',
	scribe: 'SC',
	responder: 'R',
	observer: 'O',
	facilitator: 'F'
};

/** What each seat does, in one sentence, as shown on role cards that a scenario does not write itself. */
export const ROLE_DUTIES: Record<Role, string> = {
	incident_commander: 'Makes decisions and coordinates the response; does not debug.',
	technical_lead: 'Leads the technical investigation and proposes mitigations.',
	communications_lead: 'Keeps customers, executives and colleagues informed.',
	scribe: 'Keeps the timeline: what was seen, decided and done, and when.',
	responder: 'Helps whoever asks.',
	observer: 'Watches and learns.',
	facilitator: 'Runs the exercise and sees the truth.'
};

export function isCommandRole(role: Role): role is CommandRole {
	return (COMMAND_ROLES as readonly string[]).includes(role);
}

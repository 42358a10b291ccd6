/** Where the response stands. It can go back as well as forward. */
export const INCIDENT_STATUSES = [
	'investigating',
	'identified',
	'mitigating',
	'monitoring',
	'resolved',
	'closed'
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const STATUS_NAMES: Record<IncidentStatus, string> = {
	investigating: 'Investigating',
	identified: 'Identified',
	mitigating: 'Mitigating',
	monitoring: 'Monitoring',
	resolved: 'Resolved',
	closed: 'Closed'
};

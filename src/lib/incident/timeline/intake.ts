import type { IntakeEvent } from '../events/intake-events.ts';
import { brief, type Wordings } from './wording.ts';

const DETECTED = {
	alert: 'Noticed by an alert',
	staff: 'Noticed by staff',
	customer: 'Noticed by a customer'
} as const;

export const intakeWords: Wordings<IntakeEvent> = {
	'incident.imported': ({ source, sourceId, services, cause }) => ({
		lane: 'room',
		icon: 'document',
		title: `Imported from ${source}: ${sourceId}`,
		detail: [services.length > 0 ? `Services: ${services.join(', ')}.` : '', cause === '' ? '' : `Cause: ${cause}`]
			.filter((part) => part !== '')
			.join(' '),
		key: true
	}),
	'incident.opened': ({ source, severity, title }) => ({
		lane: 'alerts',
		icon: 'flag',
		title: `Opened by ${source}: ${brief(title)}`,
		detail: severity === null ? '' : `${severity} proposed; nothing is declared yet`,
		key: true
	}),
	'incident.detected': ({ by }) => ({
		lane: by === 'customer' ? 'customers' : 'alerts',
		icon: 'page',
		title: by === null ? 'Noticed' : DETECTED[by],
		key: true
	}),
	'incident.acknowledged': () => ({ lane: 'technical_lead', icon: 'check', title: 'Taken on', key: true }),
	'events.imported': () => null
};

import type { AlertEvent } from '../events/alert-events.ts';
import type { Wordings } from './wording.ts';

const PAGED = { primary: 'the primary on call', secondary: 'the secondary on call', everyone: 'everyone' } as const;

export const alertWords: Wordings<AlertEvent> = {
	'alert.fired': ({ name, labels, context }) => ({
		lane: 'alerts',
		icon: 'alert',
		title: `${name} fired${labels.service ? ` on ${labels.service}` : ''}`,
		detail: context.summary,
		key: true
	}),
	'alert.updated': () => null,
	'alert.acknowledged': ({ alertId }, { alert }) => ({
		lane: 'technical_lead',
		icon: 'check',
		title: `${alert(alertId)} acknowledged`,
		key: true
	}),
	'alert.resolved': ({ alertId }, { alert }) => ({
		lane: 'alerts',
		icon: 'check',
		title: `${alert(alertId)} resolved`
	}),
	'alert.silenced': ({ alertId, reason }, { alert }) => ({
		lane: 'technical_lead',
		icon: 'alert',
		title: `${alert(alertId)} silenced`,
		detail: reason
	}),
	'page.delivered': ({ to, alertId, reason }, { alert }) => ({
		lane: 'alerts',
		icon: 'page',
		title: `Page reached ${PAGED[to]}`,
		detail: alertId === null ? reason : alert(alertId)
	}),
	escalated: ({ to, whom, reason }) => ({
		lane: 'incident_commander',
		icon: 'escalate',
		title: `Escalated to ${to === 'specialist' ? whom : to === 'everyone' ? 'everyone' : 'the secondary on call'}`,
		detail: reason,
		key: true
	}),
	'incident.declared': ({ severity, title, summary }) => ({
		lane: 'incident_commander',
		icon: 'flag',
		title: `Declared ${severity}: ${title}`,
		detail: summary,
		key: true
	}),
	'severity.changed': ({ from, to, reason }) => ({
		lane: 'incident_commander',
		icon: 'severity',
		title: `Severity ${from} to ${to}`,
		detail: reason,
		key: true
	})
};

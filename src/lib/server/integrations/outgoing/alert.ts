// An alert of an exercise as it leaves the house. Whoever reads it, whatever rule routes it, must see that it is no real one.

import type { AlertStateView } from '../../../incident/state.ts';

export const EXERCISE = 'EXERCISE';

/** What all outgoing formats are made of. Times are wall time, epoch ms. */
export interface OutgoingAlert {
	labels: Record<string, string>;
	annotations: Record<string, string>;
	startsAt: number;
	/** Null while it fires. */
	endsAt: number | null;
	generatorURL: string;
}

export interface AlertSource {
	/** As people say it: `EX-0012`. */
	key: string;
	/** Address of the room; empty where Muster does not know its own address. */
	room: string;
}

/** `startsAt` is when it fired, on the wall clock. */
export function outgoingAlert(alert: AlertStateView, { key, room }: AlertSource, startsAt: number): OutgoingAlert {
	const { name, labels, context } = alert;
	const annotations: Record<string, string> = {
		summary: `${EXERCISE}: ${context.summary}`,
		description: `${EXERCISE}: ${context.description || context.summary}`,
		...(context.runbookUrl && { runbook_url: context.runbookUrl }),
		...(context.dashboardUrl && { dashboard_url: context.dashboardUrl }),
		...(room && { muster_room: room })
	};
	return {
		labels: { ...labels, alertname: `${EXERCISE} ${name}`, exercise: 'true', muster_run: key },
		annotations,
		startsAt,
		endsAt: null,
		generatorURL: room
	};
}

/** What is sent when an administrator tries a target. */
export function tryAlert(now: number): OutgoingAlert {
	return {
		labels: { alertname: `${EXERCISE} MusterTest`, exercise: 'true', severity: 'info' },
		annotations: {
			summary: `${EXERCISE}: Muster tries whether alerts arrive here`,
			description: `${EXERCISE}: an administrator of Muster pressed “Send a test”. Nothing is wrong.`
		},
		startsAt: now,
		endsAt: null,
		generatorURL: ''
	};
}

/** Labels as a text, the same for the same alert. */
export function identityOf({ labels }: Pick<OutgoingAlert, 'labels'>): string {
	return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

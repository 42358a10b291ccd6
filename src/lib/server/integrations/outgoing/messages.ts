// The two shapes in which alerts leave: Alertmanager's own API, and the webhook that Alertmanager would send.

import type { OutgoingAlert } from './alert.ts';
import { EXERCISE } from './alert.ts';
import { fingerprint } from './fingerprint.ts';

/** A firing alert that is not told again is taken for resolved after this. */
export const STANDS_FOR_MS = 4 * 60_000;

/** Body of `POST /api/v2/alerts`. */
export function alertmanagerBody(alerts: readonly OutgoingAlert[], now: number): object[] {
	return alerts.map(({ labels, annotations, startsAt, endsAt, generatorURL }) => ({
		labels,
		annotations,
		startsAt: new Date(startsAt).toISOString(),
		endsAt: new Date(endsAt ?? now + STANDS_FOR_MS).toISOString(),
		...(generatorURL && { generatorURL })
	}));
}

/** Body of Alertmanager's webhook, version 4, for alerts of one run. */
export function webhookBody(alerts: readonly OutgoingAlert[], run: string, externalURL: string): object {
	const firing = alerts.some(({ endsAt }) => endsAt === null);
	const groupLabels = { muster_run: run };
	return {
		version: '4',
		receiver: 'muster',
		status: firing ? 'firing' : 'resolved',
		alerts: alerts.map((alert) => ({
			status: alert.endsAt === null ? 'firing' : 'resolved',
			labels: alert.labels,
			annotations: alert.annotations,
			startsAt: new Date(alert.startsAt).toISOString(),
			endsAt: alert.endsAt === null ? '0001-01-01T00:00:00Z' : new Date(alert.endsAt).toISOString(),
			generatorURL: alert.generatorURL,
			fingerprint: fingerprint(alert.labels)
		})),
		groupLabels,
		commonLabels: shared(alerts.map(({ labels }) => labels)),
		commonAnnotations: shared(alerts.map(({ annotations }) => annotations)),
		externalURL,
		groupKey: `{}:{muster_run=${JSON.stringify(run)}}`,
		truncatedAlerts: 0,
		// Not Alertmanager's: for those who show nothing but a title.
		title: `${EXERCISE} ${run}`
	};
}

function shared(all: readonly Record<string, string>[]): Record<string, string> {
	const [first = {}, ...rest] = all;
	return Object.fromEntries(Object.entries(first).filter(([name, value]) => rest.every((one) => one[name] === value)));
}

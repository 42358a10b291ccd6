// Muster's own form: `{group?, title?, alerts: [{id?, status, name, severity, service, summary, startsAt, …}]}`.

import type { Adapter, IncomingAlert } from './adapter.ts';
import { readGeneric, type GenericAlert } from './generic.schema.ts';
import { labelsKey, noContext } from './shared.ts';

export const generic: Adapter = {
	id: 'alerts',
	name: 'Anything that can send JSON',
	read(payload) {
		const read = readGeneric(payload);
		if (!read.ok) return read;
		const { group, title, alerts } = read.value;
		return { ok: true, notification: { group, title, alerts: alerts.map(toAlert) } };
	}
};

function toAlert(one: GenericAlert): IncomingAlert {
	const labels = { ...one.labels, ...(one.service === '' ? {} : { service: one.service }) };
	return {
		status: one.status,
		fingerprint: one.id ?? labelsKey({ alertname: one.name, ...labels }),
		startsAt: one.startsAt ?? null,
		endsAt: one.status === 'resolved' ? (one.endsAt ?? null) : null,
		name: one.name,
		labels,
		level: one.severity,
		value: one.value,
		context: {
			...noContext(one.summary),
			description: one.description,
			runbookUrl: one.runbookUrl,
			dashboardUrl: one.dashboardUrl
		}
	};
}

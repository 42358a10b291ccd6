// Alertmanager: labels, annotations by their usual names, and the group that its route makes.

import { labelsKey, noContext, numberIn } from './shared.ts';
import type { Adapter, IncomingAlert } from './adapter.ts';
import { readWebhook, type Webhook } from './alertmanager.schema.ts';

export const alertmanager: Adapter = {
	id: 'alertmanager',
	name: 'Prometheus Alertmanager',
	read(payload) {
		const read = readWebhook(payload);
		if (!read.ok) return read;
		const { groupKey, commonAnnotations, alerts } = read.value;
		const title = commonAnnotations.summary ?? commonAnnotations.title ?? '';
		return { ok: true, notification: { group: groupKey, title, alerts: alerts.map(toAlert) } };
	}
};

function toAlert({
	status,
	labels,
	annotations,
	startsAt,
	endsAt,
	generatorURL,
	fingerprint
}: Webhook['alerts'][number]): IncomingAlert {
	const name = labels.alertname ?? 'Alert';
	const summary = annotations.summary ?? annotations.message ?? annotations.title ?? annotations.description ?? '';
	return {
		status,
		fingerprint: fingerprint ?? labelsKey(labels),
		startsAt,
		// Alertmanager writes the year 1 while an alert fires.
		endsAt: status === 'resolved' && endsAt > 0 ? endsAt : null,
		name,
		labels,
		level: labels.severity ?? labels.priority ?? '',
		value: numberIn(annotations.value),
		context: {
			...noContext(summary),
			description: annotations.description ?? '',
			runbookUrl: annotations.runbook_url ?? annotations.runbook ?? null,
			dashboardUrl: annotations.dashboard_url ?? annotations.dashboard ?? (generatorURL || null),
			escalation: annotations.escalation ?? null,
			automatedResponse: annotations.automated_response ?? null,
			expr: exprOf(generatorURL)
		}
	};
}

/** The rule's expression, from the link that Prometheus gives: `…/graph?g0.expr=…`. */
function exprOf(url: string): string | null {
	try {
		return new URL(url).searchParams.get('g0.expr');
	} catch {
		return null;
	}
}

// The webhook of Alertmanager, version 4. Source: Alertmanager's documentation of webhook_config.

import { z } from 'zod';
import { instant, MOST_ALERTS, readWith, texts } from './fields.schema.ts';

const alert = z.object({
	status: z.enum(['firing', 'resolved']),
	labels: texts,
	annotations: texts.default({}),
	startsAt: instant,
	endsAt: instant,
	generatorURL: z.string().max(10_000).default(''),
	/** Absent before Alertmanager 0.22: the labels name it then. */
	fingerprint: z.string().min(1).max(64).optional()
});

const webhook = z.object({
	version: z.literal('4'),
	groupKey: z.string().min(1).max(5000),
	groupLabels: texts.default({}),
	commonLabels: texts.default({}),
	commonAnnotations: texts.default({}),
	truncatedAlerts: z.number().int().min(0).default(0),
	alerts: z.array(alert).min(1).max(MOST_ALERTS)
});

export type Webhook = z.infer<typeof webhook>;

export function readWebhook(payload: unknown) {
	return readWith(webhook, payload, 'webhook of Alertmanager (version 4)');
}

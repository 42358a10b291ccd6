// Muster's own form, for whatever has no adapter.

import { z } from 'zod';
import { instant, MOST_ALERTS, readWith, texts } from './fields.schema.ts';

const text = (most: number) => z.string().max(most);
const alert = z.object({
	/** Stays the same while the alert fires; name, service and labels stand for it where absent. */
	id: text(200).min(1).optional(),
	status: z.enum(['firing', 'resolved']).default('firing'),
	name: text(200).min(1),
	severity: text(100).default(''),
	service: text(200).default(''),
	summary: text(2000).default(''),
	description: text(10_000).default(''),
	startsAt: instant.optional(),
	endsAt: instant.optional(),
	labels: texts.default({}),
	value: z.number().nullable().default(null),
	runbookUrl: text(2000).nullable().default(null),
	dashboardUrl: text(2000).nullable().default(null)
});

const payload = z.object({
	/** Alerts of one group belong to one incident. */
	group: text(500).default(''),
	title: text(200).default(''),
	alerts: z.array(alert).min(1).max(MOST_ALERTS)
});

export type GenericAlert = z.infer<typeof alert>;

export function readGeneric(value: unknown) {
	return readWith(payload, value, 'list of alerts');
}

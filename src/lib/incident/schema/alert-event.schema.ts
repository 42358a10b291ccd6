import { z } from 'zod';
import { escalationTarget, id, labels, longText, ms, severity, strings, text } from './fields.schema.ts';
import { event } from './event-of.schema.ts';

const context = z.strictObject({
	summary: longText,
	description: longText,
	runbookUrl: text('url').nullable(),
	dashboardUrl: text('url').nullable(),
	recentChanges: strings,
	affectedEndpoints: strings,
	escalation: longText.nullable(),
	automatedResponse: longText.nullable(),
	expr: longText.nullable()
});

export const alertEventSchemas = [
	event('alert.fired', {
		alertId: id,
		name: text('name'),
		labels,
		level: text('name'),
		value: z.number().nullable(),
		activeAt: ms.nullable(),
		context,
		quiet: z.literal(true).optional(),
		from: z.strictObject({ source: text('name'), fingerprint: text('name'), startsAt: ms }).optional()
	}),
	event('alert.updated', { alertId: id, value: z.number().nullable(), context }),
	event('alert.acknowledged', { alertId: id }),
	event('alert.resolved', { alertId: id }),
	event('alert.silenced', { alertId: id, untilAt: ms, reason: longText }),
	event('page.delivered', {
		alertId: id.nullable(),
		to: z.enum(['primary', 'secondary', 'everyone']),
		participants: z.array(id).max(1000),
		reason: longText
	}),
	event('escalated', { to: escalationTarget, whom: text(), reason: longText }),
	event('incident.declared', { severity, title: text(), summary: longText }),
	event('severity.changed', { from: severity, to: severity, reason: longText })
] as const;

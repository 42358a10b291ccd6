import { z } from 'zod';
import { POSTMORTEM_STATES } from '../events/intake-events.ts';
import { event } from './event-of.schema.ts';
import { detectedBy, id, longText, severity, strings, text } from './fields.schema.ts';

export const intakeEventSchemas = [
	event('incident.imported', {
		source: text('name'),
		sourceId: text('name'),
		title: text('title'),
		services: strings,
		cause: text(),
		escalated: z.boolean().nullable(),
		postmortem: z.enum(POSTMORTEM_STATES).nullable(),
		record: z.record(z.string().max(100), longText),
		assumed: strings
	}),
	event('incident.opened', {
		title: text('title'),
		summary: longText,
		severity: severity.nullable(),
		source: text('name'),
		group: text()
	}),
	event('incident.detected', { by: detectedBy.nullable() }),
	event('incident.acknowledged', {}),
	event('events.imported', { source: text('name'), marks: z.array(id).max(100_000) })
] as const;

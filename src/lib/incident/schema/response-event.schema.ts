import { z } from 'zod';
import { event } from './event-of.schema.ts';
import { evidenceSource, id, longText, ms, pinnedSeries, strings, text } from './fields.schema.ts';

export const responseEventSchemas = [
	event('diagnostic.started', { diagnosticId: id, command: longText, readyAt: ms }),
	event('evidence.revealed', {
		evidenceId: id,
		diagnosticId: id,
		command: longText,
		kind: text(),
		output: longText
	}),
	event('evidence.pinned', {
		evidenceId: id,
		source: evidenceSource,
		title: text(),
		text: longText,
		of: id.nullable(),
		series: pinnedSeries
	}),
	event('change.deployed', {
		changeId: id,
		service: text(),
		kind: text(),
		title: text(),
		detail: longText,
		version: text().nullable(),
		by: text()
	}),
	event('runbook.opened', { runbookId: id, name: text() }),
	event('runbook.step_completed', {
		runbookId: id,
		stepId: id,
		title: text(),
		automated: z.boolean(),
		result: longText
	}),
	event('runbook.step_skipped', { runbookId: id, stepId: id, title: text(), reason: longText }),
	event('runbook.step_unclear', { runbookId: id, stepId: id, title: text(), note: longText }),
	event('runbook.finished', { runbookId: id, causeFound: z.boolean(), note: longText }),
	event('mitigation.started', {
		attemptId: id,
		mitigationId: id,
		name: text(),
		command: longText,
		readyAt: ms,
		runbookId: id.nullable(),
		stepId: id.nullable()
	}),
	event('mitigation.finished', { attemptId: id, mitigationId: id, name: text(), ran: z.boolean(), message: longText }),
	event('telemetry.viewed', { tool: text(), services: strings })
] as const;

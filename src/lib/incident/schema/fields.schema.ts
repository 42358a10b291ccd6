import { z } from 'zod';
import { DEFAULT_LIMIT, LIST_LIMIT, POINTS_LIMIT, TEXT_LIMITS } from '../decide/limits.ts';
import { INCIDENT_STATUSES } from '../status.ts';
import { COMMAND_ROLES, ROLES } from '../role.ts';
import { SEVERITIES } from '../severity.ts';
import { MILESTONES } from '../milestone.ts';
import { DETECTED_BY } from '../milestones/signal.ts';

/** Fields that commands and events share. Every text and list has a bound. */
export const id = z.string().min(1).max(128);
export const text = (field: keyof typeof TEXT_LIMITS | null = null) =>
	z.string().max(field === null ? DEFAULT_LIMIT : TEXT_LIMITS[field]);
export const longText = z.string().max(100_000);
export const ms = z.number();
export const share = z.number().min(0).max(1);
export const strings = z.array(text()).max(LIST_LIMIT);
export const labels = z.record(z.string().max(200), z.string().max(2000));

export const severity = z.enum(SEVERITIES);
export const status = z.enum(INCIDENT_STATUSES);
export const commandRole = z.enum(COMMAND_ROLES);
export const role = z.enum(ROLES);
export const detectedBy = z.enum(DETECTED_BY);
export const milestone = z.enum(MILESTONES);
export const joinedAs = z.enum(['responder', 'observer', 'facilitator']);
export const escalationTarget = z.enum(['secondary', 'everyone', 'specialist']);
export const updateChannel = z.enum(['status_page', 'internal']);
export const evidenceSource = z.enum(['diagnostic', 'panel', 'log', 'trace', 'change', 'alert', 'runbook', 'note']);
export const pauseCause = z.enum(['host', 'restart', 'unattended', 'database']);

export const said = z.strictObject({ by: text('by') });
export const brief = z.strictObject({ impact: text(), known: text(), doing: text(), next: text() });
export const pinnedSeries = z
	.array(
		z.strictObject({ labels, times: z.array(ms).max(POINTS_LIMIT), values: z.array(z.number()).max(POINTS_LIMIT) })
	)
	.max(LIST_LIMIT);

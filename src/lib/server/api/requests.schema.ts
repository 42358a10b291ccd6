// What may be sent over HTTP.

import { z } from 'zod';
import { COMMAND_ROLES } from '../../incident/role.ts';
import { SEVERITIES } from '../../incident/severity.ts';
import { ACTION_STATUSES } from '../../postmortem/document.ts';

/** A name as others read it: one line, trimmed, not empty. */
const name = z
	.string()
	.max(60)
	.transform((value) => value.replace(/\s+/g, ' ').trim())
	.refine((value) => value.length > 0, 'empty');
const key = z.string().min(1).max(100);

export const startRunSchema = z.strictObject({
	scenario: z.string().max(80),
	seed: z
		.string()
		.regex(/^[\x21-\x7e]{1,40}$/)
		.optional(),
	name,
	facilitate: z.boolean().optional(),
	system: key.optional(),
	variant: z
		.string()
		.regex(/^(\?|[a-z0-9][a-z0-9_-]{0,79})$/)
		.optional()
});

export const declareRealSchema = z.strictObject({
	title: z.string().trim().min(1).max(160),
	severity: z.enum(SEVERITIES),
	summary: z.string().max(2000),
	name
});

export const joinSchema = z.strictObject({
	name,
	as: z.enum(['responder', 'observer', 'facilitator']),
	hostKey: key.optional(),
	joinKey: key.optional(),
	seat: z.enum(COMMAND_ROLES).optional()
});

export const adminSessionSchema = z.strictObject({ secret: z.string().min(1).max(500) });

/** A rule file may be as large as the reader of YAML takes. */
export const rehearsalSchema = z.strictObject({
	rules: z
		.string()
		.min(1)
		.max(1024 * 1024),
	mapping: z.string().max(64 * 1024),
	scenarios: z.array(z.string().max(80)).max(200)
});

export const forgetSchema = z.strictObject({ name: z.string().min(1).max(60) });
export const forgetOneSchema = z.strictObject({ everywhere: z.boolean().optional() });

export const actionStatusSchema = z.strictObject({ status: z.enum(ACTION_STATUSES) });

const duration = z
	.number()
	.int()
	.min(0)
	.max(30 * 24 * 3_600_000);
const days = z.number().int().min(1).max(365);
const level = <S extends (typeof SEVERITIES)[number]>(severity: S) =>
	z.strictObject({
		severity: z.literal(severity),
		name: z.string().trim().min(1).max(60),
		description: z.string().max(500),
		responseMs: duration,
		escalationMs: duration,
		team: z.enum(['all_hands', 'on_call_primary', 'on_call_secondary', 'regular_hours']),
		examples: z.array(z.string().max(200)).max(20),
		resolveTargetMs: duration.nullable(),
		updateEveryMs: duration.nullable(),
		postmortemDays: days.optional(),
		actionDays: days.optional()
	});
export const severityPolicySchema = z.strictObject({
	P1: level('P1'),
	P2: level('P2'),
	P3: level('P3'),
	P4: level('P4')
});

export const alertTargetSchema = z.strictObject({
	kind: z.enum(['alertmanager', 'webhook']),
	url: z.string().min(1).max(500)
});
export const alertTargetIdSchema = z.strictObject({ id: key });

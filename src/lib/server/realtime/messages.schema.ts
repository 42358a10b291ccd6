// What a browser may send over a socket: everything has a type and a bound. Commands are read by the incident room's schema.

import { z } from 'zod';
import type { HandshakeAuth, LogsMessage } from '../../protocol/messages.ts';

const DAY = 24 * 3_600_000;

const shortText = z.string().max(200);
const at = z.number().min(0).max(8.64e15);
const seq = z.number().int().min(0).max(10_000_000);
const query = z.string().min(1).max(2_000);
/** Bytes arrive as a Buffer. */
const bytes = (most: number) =>
	z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= most, 'not bytes, or too many');

export const handshakeSchema: z.ZodType<HandshakeAuth> = z.object({
	protocol: z.number(),
	incidentId: z.string().max(40),
	token: z.string().max(200)
});

export const labelsSchema = z.strictObject({ metric: shortText.nullable() });
export const emptySchema = z.strictObject({});

export const helloSchema = z.strictObject({ lastViewSeq: seq, viewKey: shortText.nullable() });
/** The body is looked at by `parseCommand`, which says what is wrong with it in words. */
export const commandMessageSchema = z.strictObject({
	clientCommandId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
	body: z.unknown()
});
export const catchUpSchema = z.strictObject({ after: seq, viewKey: shortText });

const stepMs = z.number().int().min(1_000).max(DAY);
export const openQueriesSchema = z
	.strictObject({
		queries: z.array(z.strictObject({ key: z.string().max(2_000), query })).max(80),
		windowMs: z.number().int().min(1_000).max(DAY),
		stepMs
	})
	.refine(({ windowMs, stepMs: step }) => windowMs / step <= 2_000, 'more points than a chart can show');
export const rangeSchema = z
	.strictObject({ query, fromAt: at, toAt: at, stepMs })
	.refine(({ fromAt, toAt, stepMs: step }) => fromAt <= toAt && (toAt - fromAt) / step <= 2_000, 'not a window');
export const exemplarsSchema = z
	.strictObject({ query, fromAt: at, toAt: at })
	.refine(({ fromAt, toAt }) => fromAt <= toAt, 'not a window');
export const logsSchema: z.ZodType<LogsMessage> = z.strictObject({
	services: z.array(shortText).max(100),
	levels: z.array(shortText).max(10),
	text: z.string().max(500),
	pattern: z.boolean(),
	fields: z.array(z.strictObject({ name: shortText, op: z.enum(['=', '!=']), value: z.string().max(500) })).max(20),
	fromAt: at,
	toAt: at,
	limit: z.number().int().min(1).max(1_000)
});

export const documentUpdateSchema = z.strictObject({ update: bytes(128 * 1024) });
export const versionSchema = z.strictObject({ n: z.number().int().min(1).max(10_000_000) });
export const awarenessSchema = z.strictObject({ update: bytes(16 * 1024) });

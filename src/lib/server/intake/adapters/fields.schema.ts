// Fields that several sources share, and how a payload that does not fit is answered.

import { z } from 'zod';
import { refuse, type Refusal } from '../../../incident/refusal.ts';

export const MOST_ALERTS = 1000;
const words = z.string().max(10_000);
/** Labels and annotations: plain texts under plain names. */
export const texts = z
	.record(z.string().max(200), words)
	.refine((value) => Object.keys(value).length <= 100, 'more than 100 of them');
/** RFC 3339, as programs write it. */
export const instant = z
	.string()
	.max(40)
	.refine((value) => Number.isFinite(Date.parse(value)), 'no time')
	.transform((value) => Date.parse(value));

/** Reads a payload, or says which field is not as it must be; never repeats what was sent. */
export function readWith<T>(schema: z.ZodType<T>, payload: unknown, what: string): { ok: true; value: T } | Refusal {
	const parsed = schema.safeParse(payload);
	if (parsed.success) return { ok: true, value: parsed.data };
	const issue = parsed.error.issues[0];
	const field = issue?.path.map(String).join('.') ?? '';
	if (issue?.code === 'too_big')
		return refuse('too_large', `${field || 'It'} of this ${what} is longer than Muster takes.`);
	return refuse(
		'malformed',
		field === '' ? `This is no ${what}.` : `${field} of this ${what} is missing or not of its form.`
	);
}

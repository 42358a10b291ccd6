// Reads what a request carries, never more of it than is allowed.

import type { z } from 'zod';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { isStorable } from '../well-formed.ts';

const JSON_BYTES = 64 * 1024;

export type Read<T> = { ok: true; value: T } | Refusal;

/** A JSON body that fits a schema. The message names the field at fault and never repeats what was sent. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>, most = JSON_BYTES): Promise<Read<T>> {
	if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
		return refuse('malformed', 'Send JSON, with content-type application/json.');
	}
	const bytes = await readBytes(request, most);
	if (!bytes.ok) return bytes;
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value));
	} catch {
		return refuse('malformed', 'The request is not JSON that can be read.');
	}
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const field = issue?.path.map(String).join('.') || 'request';
		return issue?.code === 'too_big'
			? refuse('too_large', `The ${field} is too long.`)
			: refuse('malformed', `The ${field} is not what Muster expects here.`);
	}
	if (!isStorable(parsed.data)) return refuse('malformed', 'The text holds characters that cannot be stored.');
	return { ok: true, value: parsed.data };
}

/** The body as bytes; reading stops as soon as it is too large. */
export async function readBytes(request: Request, most: number): Promise<Read<Uint8Array>> {
	const tooLarge = refuse('too_large', `That is too large: at most ${Math.round(most / 1024)} KiB are taken here.`);
	if (Number(request.headers.get('content-length') ?? 0) > most) return tooLarge;
	const chunks: Uint8Array[] = [];
	let size = 0;
	if (!request.body) return { ok: true, value: new Uint8Array() };
	const reader = request.body.getReader();
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			size += part.value.length;
			if (size > most) {
				await reader.cancel();
				return tooLarge;
			}
			chunks.push(part.value);
		}
	} catch {
		// The connection broke, or SvelteKit's own limit was passed.
		return tooLarge;
	}
	return { ok: true, value: new Uint8Array(Buffer.concat(chunks)) };
}

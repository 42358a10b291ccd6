// Small files beside an incident. They are kept and handed out as downloads, never shown by Muster's own pages.

import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Muster } from '../muster.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { isStorableText } from '../well-formed.ts';

export const MOST_ATTACHMENT_BYTES = 1024 * 1024;
const MOST_BYTES_PER_INCIDENT = 20 * 1024 * 1024;

const TYPES: ReadonlySet<string> = new Set([
	'image/png',
	'image/jpeg',
	'image/gif',
	'image/webp',
	'application/pdf',
	'text/plain',
	'text/csv',
	'text/markdown',
	'application/json',
	'application/gzip',
	'application/zip'
]);

/** Stores a file and writes it into the log. */
export async function addAttachment(
	muster: Muster,
	live: LiveIncident,
	reader: Reader,
	file: { name: string; contentType: string; bytes: Uint8Array }
): Promise<{ ok: true; attachmentId: string } | Refusal> {
	const name = file.name
		.replace(/[\p{Cc}/\\]/gu, ' ')
		.trim()
		.slice(0, 120);
	if (name === '' || !isStorableText(name)) return refuse('incomplete', 'Give the file a name.');
	const contentType = (file.contentType.split(';')[0] ?? '').trim().toLowerCase();
	if (!TYPES.has(contentType)) {
		return refuse('malformed', 'Files of this type are not kept: pictures, PDF, text, CSV, JSON and archives are.');
	}
	if (file.bytes.length === 0) return refuse('incomplete', 'The file is empty.');
	if ((await muster.storage.attachmentBytes(live.incidentId)) + file.bytes.length > MOST_BYTES_PER_INCIDENT) {
		return refuse('too_large', 'This incident keeps 20 MiB of files already. Put the file elsewhere and add a link.');
	}
	const attachmentId = randomUUID();
	const { participantId, host } = reader;
	const at = muster.hub.context.now();
	const { bytes } = file;
	// Stored first: the log never names a file that is not there. One that nothing names harms nobody.
	await muster.storage.addAttachment(live.incidentId, { attachmentId, name, contentType, bytes, participantId, at });
	const body = { type: 'addAttachment' as const, attachmentId, name, url: null, contentType, bytes: bytes.length };
	const answer = await live.command({ participantId, host }, `file-${attachmentId}`, body);
	return answer.ok ? { ok: true, attachmentId } : answer;
}

/** A file as a download that no browser runs or shows inside a page. */
export function download(file: { name: string; contentType: string; bytes: Uint8Array }): Response {
	return new Response(new Uint8Array(file.bytes), {
		headers: {
			'content-type': file.contentType,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, max-age=86400'
		}
	});
}

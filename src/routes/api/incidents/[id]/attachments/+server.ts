import { refuse } from '$lib/incident/refusal.ts';
import { addAttachment, MOST_ATTACHMENT_BYTES } from '$lib/server/api/attachments.ts';
import { readBytes } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { readerOf, tokenOf } from '$lib/server/auth/visitor.ts';

/** Adds a file: its bytes are the body, its type the content type, its name `?name=`. */
export const POST = endpoint('upload', async ({ request, params, cookies, url }, muster) => {
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	if (!reader) return refuse('forbidden', 'Join the incident first, then add files to it.');
	const bytes = await readBytes(request, MOST_ATTACHMENT_BYTES);
	if (!bytes.ok) return bytes;
	return addAttachment(muster, live, reader, {
		name: url.searchParams.get('name') ?? '',
		contentType: request.headers.get('content-type') ?? '',
		bytes: bytes.value
	});
});

import { readBytes } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { create } from '$lib/server/studio/studio.ts';
import { MOST_ZIP_BYTES, unzip } from '$lib/server/studio/zip.ts';

/** Begins a scenario from a zip archive, which is the body; `?id=` names it, `&onto=true` lets it be the next version of one that is there. */
export const POST = adminEndpoint('upload', async ({ request, url }, muster) => {
	const read = await readBytes(request, MOST_ZIP_BYTES);
	if (!read.ok) return read;
	const unpacked = unzip(read.value);
	if (!unpacked.ok) return unpacked;
	const id = url.searchParams.get('id') ?? '';
	const onto = url.searchParams.get('onto') === 'true';
	const answer = await create(muster, { id, from: { type: 'files', files: unpacked.files }, onto });
	return answer.ok ? answer.created : answer;
});

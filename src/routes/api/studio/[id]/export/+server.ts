import { refuse } from '$lib/incident/refusal.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { openDocument } from '$lib/server/studio/studio.ts';
import { zip } from '$lib/server/studio/zip.ts';

/** The latest version as a zip archive. */
export const GET = adminEndpoint('read', async ({ params }, muster) => {
	const document = await openDocument(muster, params.id ?? '');
	if (!document) return refuse('unknown_id', 'There is no scenario of that name.');
	return new Response(zip(document.id, document.files) as Uint8Array<ArrayBuffer>, {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${document.id}.zip"`,
			'cache-control': 'no-store'
		}
	});
});

import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { readJson } from '$lib/server/api/body.ts';
import { addUploads, removeUpload } from '$lib/server/team/uploads.ts';
import { MOST_UPLOADED_CHARACTERS, removeSchema, uploadSchema } from '$lib/server/team/files.schema.ts';

/** Keeps runbooks and systems of a team. For the administrator, as all of this. */
export const POST = adminEndpoint('upload', async ({ request }, muster) => {
	// JSON of a text is longer than the text.
	const read = await readJson(request, uploadSchema, 2 * MOST_UPLOADED_CHARACTERS);
	return read.ok ? addUploads(muster, read.value.files) : read;
});

export const DELETE = adminEndpoint('upload', async ({ request }, muster) => {
	const read = await readJson(request, removeSchema);
	return read.ok ? removeUpload(muster, read.value.name) : read;
});

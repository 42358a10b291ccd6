import { refuse } from '$lib/incident/refusal.ts';
import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { readInjects } from '$lib/server/authoring/injects.ts';
import { injectsSchema, MOST_AUTHORING_BYTES } from '$lib/server/authoring/requests.schema.ts';

/** Injects from a list, as text for a scenario. Nothing is kept. */
export const POST = endpoint('simulate', async ({ request }) => {
	const read = await readJson(request, injectsSchema, MOST_AUTHORING_BYTES);
	if (!read.ok) return read;
	const reading = readInjects(read.value.text, { start: read.value.start, taken: [], limitMinutes: null });
	if (reading.ok) return reading.read;
	const { line, message } = reading.refusal;
	return refuse('malformed', line === 0 ? message : `Line ${line}: ${message}`);
});

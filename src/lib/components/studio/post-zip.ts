/** Sends an archive as it is: the server unpacks it, with distrust. */
import type { Answer } from '$lib/client/http.ts';
import type { Refusal } from '$lib/incident/refusal.ts';
import type { StudioCreated } from '$lib/protocol/studio.ts';

export async function postZip(id: string, bytes: Blob, onto: boolean): Promise<Answer<StudioCreated>> {
	const away: Refusal = {
		ok: false,
		code: 'unavailable',
		message: 'Muster does not answer. Look at your connection, then try again.'
	};
	try {
		const response = await fetch(`/api/studio/import?id=${encodeURIComponent(id)}&onto=${onto}`, {
			method: 'POST',
			headers: { 'content-type': 'application/zip' },
			body: bytes
		});
		const answer: unknown = await response.json();
		return response.ok ? { ok: true, value: answer as StudioCreated } : { ...(answer as Refusal), ok: false };
	} catch {
		return away;
	}
}

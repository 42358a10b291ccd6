/** A small file beside the incident: stored apart, then named on the timeline. */
import type { Room } from '$lib/client/room.svelte.ts';

const MOST_BYTES = 2 * 1024 * 1024;

/** Null when it is stored; else why not. */
export async function upload(room: Room, file: File): Promise<string | null> {
	if (file.size > MOST_BYTES) return `${file.name} is larger than 2 MiB: put it elsewhere and add a link.`;
	try {
		const response = await fetch(
			`/api/incidents/${room.incidentId}/attachments?name=${encodeURIComponent(file.name)}`,
			{
				method: 'POST',
				headers: {
					'content-type': file.type || 'application/octet-stream',
					authorization: `Bearer ${room.membership.token}`
				},
				body: file
			}
		);
		if (response.ok) return null;
		const answer = (await response.json().catch(() => null)) as { message?: string } | null;
		return answer?.message ?? `The file was not taken (${response.status}).`;
	} catch {
		return 'The file did not reach Muster. Look at your connection, then try again.';
	}
}

import type { Answer } from '$lib/client/http.ts';

/** Reads JSON. A refusal of the server, or a server that does not answer, comes back as a value to show. */
export async function getJson<T>(url: string): Promise<Answer<T>> {
	try {
		const response = await fetch(url, { headers: { accept: 'application/json' } });
		const answer: unknown = await response.json();
		if (response.ok) return { ok: true, value: answer as T };
		const { code, message } = answer as { code?: unknown; message?: unknown };
		if (typeof message === 'string' && typeof code === 'string')
			return { ok: false, code: code as 'unavailable', message };
		return { ok: false, code: 'unavailable', message: `Muster answered ${response.status} and gave no reason.` };
	} catch {
		return {
			ok: false,
			code: 'unavailable',
			message: 'Muster does not answer. Look at your connection, then try again.'
		};
	}
}

import type { Refusal } from '$lib/incident/refusal.ts';

export type Answer<T> = { ok: true; value: T } | Refusal;

/** Sends JSON and reads JSON. A refusal of the server, or a server that does not answer, comes back as a value to show. */
export function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', url: string, body: unknown): Promise<Answer<T>> {
	return ask<T>(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

export function getJson<T>(url: string): Promise<Answer<T>> {
	return ask<T>(url, {});
}

async function ask<T>(url: string, init: RequestInit): Promise<Answer<T>> {
	let response: Response;
	try {
		response = await fetch(url, init);
	} catch {
		return {
			ok: false,
			code: 'unavailable',
			message: 'Muster does not answer. Look at your connection, then try again.'
		};
	}
	const answer: unknown = await response.json().catch(() => null);
	if (response.ok) return { ok: true, value: answer as T };
	return isRefusal(answer)
		? { ok: false, code: answer.code, message: answer.message }
		: { ok: false, code: 'unavailable', message: `Muster answered ${response.status} and gave no reason.` };
}

export function postJson<T>(url: string, body: unknown): Promise<Answer<T>> {
	return sendJson<T>('POST', url, body);
}

function isRefusal(answer: unknown): answer is { code: Refusal['code']; message: string } {
	return (
		typeof answer === 'object' &&
		answer !== null &&
		'code' in answer &&
		'message' in answer &&
		typeof answer.message === 'string'
	);
}

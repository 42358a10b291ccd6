// One POST to a target: bounded in time, no redirect followed, and every failure a value.

import type { AlertTarget } from './target.ts';

export type Posted =
	| { ok: true; status: number }
	/** `again`: whether it may succeed later. */
	| { ok: false; again: boolean; why: string };

const LIMIT_MS = 10_000;
const MOST_SAID = 200;

export async function post({ url, authorization }: AlertTarget, body: object, closing: AbortSignal): Promise<Posted> {
	let response: Response;
	try {
		response = await fetch(url, {
			method: 'POST',
			redirect: 'manual',
			headers: {
				'content-type': 'application/json',
				'user-agent': 'Muster (exercise)',
				...(authorization !== null && { authorization })
			},
			body: JSON.stringify(body),
			signal: AbortSignal.any([AbortSignal.timeout(LIMIT_MS), closing])
		});
	} catch (error) {
		return { ok: false, again: true, why: causeOf(error) };
	}
	const said = (await response.text().catch(() => '')).replace(/\s+/g, ' ').trim().slice(0, MOST_SAID);
	const { status } = response;
	if (status >= 200 && status < 300) return { ok: true, status };
	if (status >= 300 && status < 400) {
		return {
			ok: false,
			again: false,
			why: `it answers ${status}, which leads elsewhere: name the address it leads to`
		};
	}
	const again = status === 429 || status === 408 || status >= 500;
	return { ok: false, again, why: `it answers ${status}${said ? `: ${said}` : ''}` };
}

function causeOf(error: unknown): string {
	let root: unknown = error;
	while (root instanceof Error && root.cause !== undefined) root = root.cause;
	if (root instanceof Error && root.name === 'TimeoutError')
		return `it did not answer within ${LIMIT_MS / 1000} seconds`;
	const code = root instanceof Error && 'code' in root ? String(root.code) : '';
	return WORDS[code] ?? (root instanceof Error ? root.message || root.name : String(root));
}

const WORDS: Record<string, string> = {
	ECONNREFUSED: 'nothing listens at that address',
	ENOTFOUND: 'there is no machine of that name',
	EAI_AGAIN: 'the name could not be looked up',
	ECONNRESET: 'it closed the connection',
	ETIMEDOUT: 'it did not answer'
};

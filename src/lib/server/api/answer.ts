// Answers over HTTP: JSON, and every refusal as `{ code, message }` with the status that fits it.

import type { Refusal, RefusalCode } from '../../incident/refusal.ts';

export const STATUS: Record<RefusalCode, number> = {
	malformed: 400,
	forbidden: 403,
	unknown_id: 404,
	wrong_state: 409,
	ended: 409,
	paused: 409,
	not_started: 409,
	too_large: 413,
	incomplete: 422,
	exercise: 422,
	too_many: 429,
	unavailable: 503,
	not_owner: 503
};

export function answer(value: unknown, headers: Record<string, string> = {}): Response {
	return Response.json(value, { headers: { 'cache-control': 'no-store', ...headers } });
}

export function answerRefusal({ code, message }: Refusal): Response {
	const headers: Record<string, string> = { 'cache-control': 'no-store' };
	if (code === 'unavailable' || code === 'not_owner' || code === 'too_many') headers['retry-after'] = '2';
	return Response.json({ code, message }, { status: STATUS[code], headers });
}

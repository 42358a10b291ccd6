import { answer } from '$lib/server/api/answer.ts';
import { health } from '$lib/server/health.ts';

/** Whether Muster can serve: 200 once it is ready, 503 while it is not or its database is away. */
export const GET = async () => {
	const { ready, ...report } = await health();
	const response = answer(report);
	return ready ? response : new Response(response.body, { status: 503, headers: response.headers });
};

import { loadShared } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, setHeaders }) => {
	// Withdrawing must work at once, and the address must go nowhere else.
	setHeaders({
		'cache-control': 'no-store',
		'referrer-policy': 'no-referrer',
		'x-robots-tag': 'noindex, nofollow'
	});
	return loadShared(params.token);
};

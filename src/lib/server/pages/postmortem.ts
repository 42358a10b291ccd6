// The post-mortem's page; the document itself comes over the socket.

import { findForPage, load, requireInsider } from './found.ts';
import type { CookieReader, PostmortemPage } from './types.ts';

export function loadPostmortem(incidentId: string, cookies: CookieReader): Promise<PostmortemPage> {
	return load(async () => {
		const found = await findForPage(incidentId, cookies);
		await requireInsider(found, cookies);
		const { live, me, header, people } = found;
		const { lifecycle, postmortem, truthOpen } = live.course.incident;
		return { header, lifecycle, me, people, ...postmortem, truthOpen };
	});
}

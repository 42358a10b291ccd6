// The scenario studio. It holds the truth of every scenario, so it is open to the administrator alone.

import { refuse } from '../../incident/refusal.ts';
import type { StudioDocument, StudioItem } from '../../protocol/studio.ts';
import { STARTER_TOPOLOGIES } from '../../scenario/starter/starter.ts';
import { isAdmin } from '../auth/admin.ts';
import { muster } from '../muster.ts';
import { listStudio, openDocument } from '../studio/studio.ts';
import { fail, load } from './found.ts';
import type { CookieReader } from './types.ts';

/** `admin` false: nothing is told, and the page asks for the secret. */
export type StudioListPage = { admin: false } | { admin: true; items: StudioItem[]; topologies: readonly string[] };
export type StudioPage = { admin: false } | { admin: true; document: StudioDocument };

export function loadStudio(cookies: CookieReader): Promise<StudioListPage> {
	return load(async () => {
		if (!(await isAdmin(cookies))) return { admin: false };
		return { admin: true, items: await listStudio(muster()), topologies: STARTER_TOPOLOGIES };
	});
}

export function loadStudioDocument(id: string, cookies: CookieReader): Promise<StudioPage> {
	return load(async () => {
		if (!(await isAdmin(cookies))) return { admin: false };
		const document = await openDocument(muster(), id);
		if (!document) fail(refuse('unknown_id', 'There is no scenario of that name: choose one from the studio’s list.'));
		return { admin: true, document };
	});
}

// The page on which real incidents are imported.

import { isAdmin } from '../auth/admin.ts';
import { readMemory } from '../intake/memory.schema.ts';
import { muster } from '../muster.ts';
import { load } from './found.ts';
import type { CookieReader } from './types.ts';

export interface ImportPage {
	admin: boolean;
	/** As it was last chosen; null before the first import. */
	source: string | null;
	zone: string | null;
}

export function loadImport(cookies: CookieReader): Promise<ImportPage> {
	return load(async () => {
		const admin = await isAdmin(cookies);
		if (!admin) return { admin, source: null, zone: null };
		const { source, zone } = await readMemory(muster().storage);
		return { admin, source, zone };
	});
}

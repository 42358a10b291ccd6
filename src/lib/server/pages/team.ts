// What a team brought of its own, for the settings.

import type { TeamFilesView } from '../../protocol/team.ts';
import { isAdmin } from '../auth/admin.ts';
import { muster } from '../muster.ts';
import { readTeamFiles } from '../team/files.ts';
import { load } from './found.ts';
import type { CookieReader } from './types.ts';

/** Null for everybody but the administrator. */
export async function loadTeamFiles(cookies: CookieReader): Promise<TeamFilesView | null> {
	if (!(await isAdmin(cookies))) return null;
	return load(async () => {
		const { files, problems } = await readTeamFiles(muster());
		return { files, problems, folder: muster().config.runbooksDir };
	});
}

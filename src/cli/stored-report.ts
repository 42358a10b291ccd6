// The improvement report from the database alone: nothing is taken over, nothing is written.

import type { Config } from '../lib/server/config.ts';
import { createStorage } from '../lib/server/db/create-storage.ts';
import { openDatabase } from '../lib/server/db/open.ts';
import { reportText, storedReport, type ReportRequest } from '../lib/server/insights/report.ts';

/** Of real incidents as well: whoever may open the database sees it all anyway. */
export async function readReport(config: Config, request: ReportRequest): Promise<string> {
	const { database, lock } = await openDatabase(config);
	const storage = createStorage(database);
	try {
		return reportText(await storedReport(storage, request, Date.now(), true), request.format);
	} finally {
		await storage.close();
		lock?.release();
	}
}

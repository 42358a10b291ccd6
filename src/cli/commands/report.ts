import { writeFileSync } from 'node:fs';
import { readReportRequest } from '../../lib/server/insights/report.ts';
import { fromServerOrDatabase } from '../exports.ts';
import { readArgs, UsageError } from '../usage.ts';

/**
 * Prints the improvement report. Asks the running server, found through the lock in DATA_DIR; opens the database itself where
 * none runs.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		period: { type: 'string', default: '90d' },
		origin: { type: 'string', default: 'all' },
		format: { type: 'string', default: 'md' },
		out: { type: 'string' }
	});
	if (positionals.length > 0) throw new UsageError(`there is nothing to name here, such as ${positionals.join(', ')}`);
	const read = readReportRequest(values);
	if (!read.ok) throw new UsageError(read.message);
	const { period, origin, format } = values;
	const text = await fromServerOrDatabase({
		path: `/api/insights/report?${new URLSearchParams({ period, origin, format }).toString()}`,
		read: async (config) => (await import('../stored-report.ts')).readReport(config, read.request)
	});
	if (values.out === undefined) process.stdout.write(text);
	else writeFileSync(values.out, text);
	return 0;
}

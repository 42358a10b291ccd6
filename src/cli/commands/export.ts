import { writeFileSync } from 'node:fs';
import { exportIncident, type ExportFormat } from '../exports.ts';
import { exportForPromtool } from '../promtool.ts';
import { readArgs, UsageError } from '../usage.ts';

const FORMATS: readonly ExportFormat[] = ['md', 'json', 'ndjson'];

/**
 * Prints an incident: its post-mortem as Markdown, or its log as one JSON document or as NDJSON. Asks the running server,
 * found through the lock in DATA_DIR; opens the database itself where none runs. With `--promtool` it is a scenario instead, as a
 * unit test of its rules.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		format: { type: 'string' },
		out: { type: 'string' },
		promtool: { type: 'boolean', default: false },
		seed: { type: 'string' }
	});
	if (values.promtool) return exportForPromtool(positionals, values);
	if (values.seed !== undefined) throw new UsageError('--seed goes with --promtool');
	const [incidentId, ...more] = positionals;
	if (incidentId === undefined)
		throw new UsageError('which incident? Its id stands in the address of its room, after /i/');
	if (more.length > 0) throw new UsageError(`one incident at a time, not also ${more.join(', ')}`);
	const wanted = values.format ?? 'md';
	const format = FORMATS.find((known) => known === wanted);
	if (!format) throw new UsageError(`--format is md, json or ndjson, not "${wanted}"`);
	const text = await exportIncident(incidentId, format);
	if (values.out === undefined) process.stdout.write(text);
	else writeFileSync(values.out, text);
	return 0;
}

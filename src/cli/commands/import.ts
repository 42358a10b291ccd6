import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { refusedRows, type ImportReport } from '../../lib/intake/report.ts';
import { importFile } from '../imports.ts';
import { CommandError, printJson, progress, readArgs, UsageError } from '../usage.ts';

/**
 * Imports real incidents, or events of them, from a CSV or JSON file. Goes through the running server, found through the lock in
 * DATA_DIR; opens the database itself where none runs. Ends with 1 where a row was refused.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		zone: { type: 'string' },
		source: { type: 'string' },
		map: { type: 'string', multiple: true, default: [] },
		severity: { type: 'string', multiple: true, default: [] },
		'empty-severity': { type: 'string' },
		dates: { type: 'string' },
		kind: { type: 'string' },
		correct: { type: 'boolean', default: false },
		'dry-run': { type: 'boolean', default: false },
		json: { type: 'boolean', default: false }
	});
	const [file, ...more] = positionals;
	if (file === undefined) throw new UsageError('which file? Give a CSV or JSON file of incidents');
	if (more.length > 0) throw new UsageError(`one file at a time, not also ${more.join(', ')}`);
	if (!existsSync(file) || !statSync(file).isFile()) throw new CommandError('no_file', `there is no file ${file}`);
	const options = new URLSearchParams({ mode: values['dry-run'] ? 'check' : 'import', file: basename(file) });
	const put = (name: string, value: string | undefined) => value !== undefined && options.set(name, value);
	put('zone', values.zone);
	put('source', values.source);
	put('order', values.dates);
	put('kind', values.kind);
	put('emptySeverity', values['empty-severity']);
	if (values.correct) options.set('correct', '1');
	for (const word of values.map) options.append('map', word);
	for (const word of values.severity) options.append('severities', word);

	const bar = progress(values['dry-run'] ? 'checking' : 'importing');
	const report = await importFile(file, options, (done, total) => bar.update(total === 0 ? 1 : done / total)).finally(
		() => bar.end()
	);
	if (values.json) printJson(report);
	else print(file, report);
	return report.refused.length > 0 ? 1 : 0;
}

function print(file: string, report: ImportReport): void {
	for (const warning of report.warnings) console.error(`${file}: warning: ${warning}`);
	for (const { line, code, message } of report.refused) console.error(`${file}:${line}: ${code}: ${message}`);
	for (const { line, id, fields, corrected } of report.changed) {
		console.error(
			`${file}:${line}: differs: “${id}” is already here and differs in: ${fields.join(', ')}.${corrected ? ' It was corrected.' : ''}`
		);
	}
	const of = report.kind;
	const told = [
		`${report.imported} ${of} ${report.dryRun ? 'would be imported' : 'imported'}`,
		`${report.unchanged} here already`,
		...(report.changed.length > 0
			? [`${report.changed.length} here and different${report.corrected > 0 ? `, ${report.corrected} corrected` : ''}`]
			: []),
		`${refusedRows(report)} refused`,
		...(report.unresolved > 0 ? [`${report.unresolved} not resolved`] : [])
	];
	console.log(`${told.join(', ')}; ${report.rows} rows in ${report.seconds} s.`);
	if (report.changed.length > report.corrected && !report.dryRun) {
		console.log('Rows that differ were left as they are: --correct appends what changed as corrections.');
	}
}

// One import from beginning to end: look at the file, read it, store it, and report on every row.

import { refusal, type Read } from '../../intake/table.ts';
import type { ImportReport } from '../../intake/report.ts';
import type { Analysis } from '../../intake/wire.ts';
import { analyse, readingOf } from './analyse.ts';
import { importEvents } from './import-events.ts';
import { importIncidents, type ImportRun } from './import-incidents.ts';
import { readMemory, remember } from './memory.schema.ts';
import type { ImportOptions } from './options.schema.ts';
import type { ImportTarget } from './target.ts';
import type { Upload } from './upload.ts';

/** More refusals than this help nobody. */
const MOST_REFUSED = 10_000;

export async function preview(target: ImportTarget, upload: Upload, options: ImportOptions): Promise<Read<Analysis>> {
	return analyse(upload, options, await readMemory(target.storage), target.now());
}

/** Imports, or in mode `check` only says what importing would do. */
export async function runImport(
	target: ImportTarget,
	upload: Upload,
	options: ImportOptions,
	progress: ImportRun['progress']
): Promise<Read<ImportReport>> {
	const began = performance.now();
	const dryRun = options.mode === 'check';
	const found = await preview(target, upload, options);
	if (!found.ok) return found;
	const { choices, dates, problem, kind } = found.value;
	// A dry run shows how ambiguous dates would be read; storing them waits until somebody has chosen.
	if (problem && !(dryRun && dates.ambiguous && problem.code === 'bad_time')) return { ok: false, refusal: problem };
	const report: ImportReport = {
		kind,
		dryRun,
		rows: found.value.rows,
		imported: 0,
		unchanged: 0,
		changed: [],
		corrected: 0,
		unresolved: 0,
		assumed: {},
		refused: [...upload.refused],
		warnings: dates.warning === '' ? [] : [dates.warning],
		seconds: 0
	};
	const run: ImportRun = {
		target,
		upload,
		choices,
		reading: readingOf(choices, dates, target.now()),
		dryRun,
		progress
	};
	await (kind === 'incidents' ? importIncidents(run, report) : importEvents(run, report));
	if (!dryRun) await remember(target.storage, choices, upload.columns, target.now());
	report.refused.sort((one, other) => one.line - other.line);
	if (report.refused.length > MOST_REFUSED) {
		const more = report.refused.length - MOST_REFUSED;
		report.refused = [
			...report.refused.slice(0, MOST_REFUSED),
			refusal(0, 'too_large', `${more} more rows were refused; mend these first.`)
		];
	}
	report.seconds = Math.round((performance.now() - began) / 10) / 100;
	return { ok: true, value: report };
}

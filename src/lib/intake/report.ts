/** What became of every row, for the screen, for machines and as a file for whoever mends the rows. */
import type { IntakeCode, IntakeRefusal } from './table.ts';

export interface ImportReport {
	kind: 'incidents' | 'events';
	/** True where nothing was stored. */
	dryRun: boolean;
	/** Rows of the file that could be read as rows. */
	rows: number;
	/** Incidents, or events, that are new here; in a dry run those that would be. */
	imported: number;
	/** Here already, and the same. */
	unchanged: number;
	/** Here already, with other values. */
	changed: ChangedRow[];
	/** Of those, how many were corrected. */
	corrected: number;
	/** Not ended yet. */
	unresolved: number;
	/** Rows in which something was filled in by a rule, by field. */
	assumed: Record<string, number>;
	refused: IntakeRefusal[];
	warnings: string[];
	seconds: number;
}

export interface ChangedRow {
	line: number;
	id: string;
	incidentId: string;
	/** Fields that differ. */
	fields: string[];
	corrected: boolean;
}

/** How many rows were refused; one may have several faults. */
export function refusedRows({ refused }: Pick<ImportReport, 'refused'>): number {
	return new Set(refused.map(({ line }) => line)).size;
}

/** A duplicate names the line on which its id stood first. */
export function duplicateMessage(id: string, firstLine: number): string {
	return `The id “${id.slice(0, 60)}” stands on line ${firstLine} already: that row counts, this one is left out.`;
}

/**
 * The rows that were not taken, as CSV: `line,code,message`, and those that differ. A text that a spreadsheet would run is
 * written with an apostrophe before it.
 */
export function refusedCsv(report: Pick<ImportReport, 'refused' | 'changed'>): string {
	const lines = [
		...report.refused.map(({ line, code, message }) => ({ line, code: code as IntakeCode | 'differs', message })),
		...report.changed.map(({ line, id, fields, corrected }) => ({
			line,
			code: 'differs' as const,
			message: `“${id}” is already here and differs in: ${fields.join(', ')}.${corrected ? ' It was corrected.' : ' Nothing was changed.'}`
		}))
	].sort((one, other) => one.line - other.line);
	return (
		['line,code,message', ...lines.map(({ line, code, message }) => `${line},${code},${cell(message)}`)].join('\r\n') +
		'\r\n'
	);
}

function cell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return `"${safe.replaceAll('"', '""')}"`;
}

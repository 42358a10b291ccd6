/** What a page and a command are told of an import. */
import type { Kind } from './fields.ts';
import type { DateFinding, ImportChoices, SeverityWord } from './reading.ts';
import type { ImportReport } from './report.ts';
import type { IntakeRefusal } from './table.ts';

export interface PreviewRow {
	line: number;
	/** As the file has it, by column. */
	cells: Record<string, string>;
	/** As it is read, by field; empty where it is refused. Times are ISO 8601, UTC. */
	read: Record<string, string>;
	refused: IntakeRefusal[];
}

/** What can be said of a file before anything of it is stored. */
export interface Analysis {
	kind: Kind;
	form: string;
	rows: number;
	columns: { name: string; example: string }[];
	choices: ImportChoices;
	dates: DateFinding;
	severities: SeverityWord[];
	preview: PreviewRow[];
	/** Why nothing can be imported as it stands; null where it can. */
	problem: IntakeRefusal | null;
}

/** A line of the answer of a running import. */
export type ImportLine =
	| { type: 'progress'; done: number; total: number }
	| { type: 'report'; report: ImportReport }
	| { type: 'refused'; code: string; message: string };

/** What every file is read into: rows of text by column, each with the line it began on. */

/** A row, or one object of a JSON file. Cells are text as they stood there, trimmed; what is missing is absent. */
export interface Row {
	/** Line of the file it began on, from 1; of a JSON array the number of the object. */
	line: number;
	cells: Record<string, string>;
}

/** Why something could not be taken: a code that stays, and a sentence that says how to mend it. */
export interface IntakeRefusal {
	/** Line of the file; 0 where the file as a whole is meant. */
	line: number;
	code: IntakeCode;
	message: string;
}

export type IntakeCode =
	/** The file is larger, or has more rows or columns, than is taken at once. */
	| 'too_large'
	/** The bytes are not UTF-8 text. */
	| 'wrong_encoding'
	/** The file holds NUL or other bytes that no text has. */
	| 'not_text'
	/** A line or a cell is longer than any record. */
	| 'line_too_long'
	/** Quotes, brackets or commas do not add up. */
	| 'not_readable'
	/** JSON is nested deeper than any record. */
	| 'too_deep'
	/** There is nothing in it. */
	| 'empty_file'
	/** No column is mapped to something that is needed. */
	| 'no_column'
	/** The row has more cells than the header. */
	| 'too_many_cells'
	/** A spreadsheet would run the cell as a program. */
	| 'formula'
	/** The row has no id. */
	| 'no_id'
	/** The id is too long or holds characters that no id has. */
	| 'bad_id'
	/** The id stood on an earlier line. */
	| 'duplicate_id'
	/** The severity is empty and no severity was chosen for that. */
	| 'no_severity'
	/** The severity's word is not known. */
	| 'unknown_severity'
	/** No time tells when it was. */
	| 'no_time'
	/** A time is not written in a form that is known. */
	| 'bad_time'
	/** A date without a time of day. */
	| 'no_time_of_day'
	/** A time has no zone of its own and none was given. */
	| 'no_zone'
	/** A clock that was put forward never showed it. */
	| 'no_such_time'
	/** It lies in the future. */
	| 'future'
	/** Times that cannot have come in that order. */
	| 'wrong_order'
	/** A word that stands for none of the values that are known. */
	| 'unknown_value'
	/** An event of an incident that is not here. */
	| 'unknown_incident'
	/** A kind of event that cannot be imported. */
	| 'unknown_type';

/** Most rows of one file. */
export const MOST_ROWS = 100_000;
export const MOST_COLUMNS = 200;
/** Longest cell and longest line, in characters. */
export const LONGEST_CELL = 20_000;
export const LONGEST_LINE = 200_000;

export type Read<T> = { ok: true; value: T } | { ok: false; refusal: IntakeRefusal };

export function refusal(line: number, code: IntakeCode, message: string): IntakeRefusal {
	return { line, code, message };
}

export const refused = (line: number, code: IntakeCode, message: string): { ok: false; refusal: IntakeRefusal } => ({
	ok: false,
	refusal: refusal(line, code, message)
});

/** Words that people write where they know nothing. */
const UNKNOWN = new Set(['', '?', '??', '-', '–', '—', 'n/a', 'na', 'null', 'none', 'unknown', 'tbd', 'nil', '#n/a']);

export function isBlank(text: string | undefined): boolean {
	return text === undefined || UNKNOWN.has(text.trim().toLowerCase());
}

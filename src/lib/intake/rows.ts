/** From the pieces of a file to its rows, whatever its form: CSV, a JSON array, or one JSON object per line. */
import { CsvReader } from './csv.ts';
import { jsonRows, listIn, ndjsonRow } from './json.ts';
import { isBlank, MOST_ROWS, refused, refusal, type IntakeRefusal, type Row } from './table.ts';

export type FileForm = 'csv' | 'json' | 'ndjson';

/** Reads a file of one form. Feed it, end it, and look whether it failed: then nothing of it is to be used. */
export interface RowReader {
	/** Column names in the order in which they appeared. */
	readonly columns: string[];
	readonly rows: Row[];
	/** Rows that could not be read though the file as a whole can. */
	readonly refused: IntakeRefusal[];
	failure: IntakeRefusal | null;
	feed(text: string): void;
	end(): void;
}

/** What a file is, by its first letter that is no space; the name only decides between the two kinds of JSON. */
export function formOf(start: string, fileName: string): FileForm {
	const first = start
		.replace(/^\ufeff/, '')
		.trimStart()
		.charAt(0);
	if (first === '[') return 'json';
	if (first !== '{') return 'csv';
	if (/\.(ndjson|jsonl)$/i.test(fileName)) return 'ndjson';
	// An object that ends on its own first line is one of many.
	const line = start.trimStart().split('\n')[0] ?? '';
	try {
		return listIn(JSON.parse(line)) ? 'json' : 'ndjson';
	} catch {
		return 'json';
	}
}

export function rowReader(form: FileForm): RowReader {
	return form === 'csv' ? new CsvRows() : new JsonRows(form);
}

const tooMany = () =>
	refusal(
		0,
		'too_large',
		`The file has more than ${MOST_ROWS / 1000},000 rows: split it, for example by year, and import one part after the other.`
	);

class CsvRows implements RowReader {
	readonly columns: string[] = [];
	readonly rows: Row[] = [];
	readonly refused: IntakeRefusal[] = [];
	failure: IntakeRefusal | null = null;
	#csv = new CsvReader();

	feed(text: string): void {
		for (const line of this.#csv.feed(text)) this.#take(line.line, line.cells);
		this.failure ??= this.#csv.failure;
	}

	end(): void {
		for (const line of this.#csv.end()) this.#take(line.line, line.cells);
		this.failure ??= this.#csv.failure;
		if (this.columns.length === 0) {
			this.failure ??= refusal(0, 'empty_file', 'The file is empty: the first line must name the columns.');
		}
	}

	#take(line: number, cells: string[]): void {
		if (this.columns.length === 0) {
			if (cells.every((cell) => cell === '')) return;
			this.columns.push(...named(cells));
			return;
		}
		if (cells.every((cell) => cell === '')) return;
		if (cells.length > this.columns.length && cells.slice(this.columns.length).some((cell) => cell !== '')) {
			this.refused.push(
				refusal(
					line,
					'too_many_cells',
					`This row has ${cells.length} cells and the header ${this.columns.length}: put quotes around a cell that holds the separator.`
				)
			);
			return;
		}
		if (this.rows.length >= MOST_ROWS) {
			this.failure ??= tooMany();
			return;
		}
		const row: Row = { line, cells: {} };
		this.columns.forEach((column, index) => {
			const cell = cells[index];
			if (cell !== undefined && cell !== '') row.cells[column] = cell;
		});
		this.rows.push(row);
	}
}

/** Columns without a name, and those of the same name, are told apart by their place. */
function named(cells: readonly string[]): string[] {
	const taken = new Set<string>();
	return cells.map((cell, index) => {
		const base = cell === '' ? `column ${index + 1}` : cell.slice(0, 100);
		let name = base;
		for (let n = 2; taken.has(name); n++) name = `${base} (${n})`;
		taken.add(name);
		return name;
	});
}

class JsonRows implements RowReader {
	readonly columns: string[] = [];
	readonly rows: Row[] = [];
	readonly refused: IntakeRefusal[] = [];
	failure: IntakeRefusal | null = null;
	#form: 'json' | 'ndjson';
	#text = '';
	#line = 0;

	constructor(form: 'json' | 'ndjson') {
		this.#form = form;
	}

	feed(text: string): void {
		if (this.failure) return;
		this.#text += this.#text === '' && this.#line === 0 ? text.replace(/^\ufeff/, '') : text;
		if (this.#form === 'json') return;
		const lines = this.#text.split('\n');
		this.#text = lines.pop() ?? '';
		for (const line of lines) this.#takeLine(line);
	}

	end(): void {
		if (this.failure) return;
		if (this.#form === 'ndjson') this.#takeLine(this.#text);
		else {
			const read = jsonRows(this.#text);
			if (read.ok) {
				this.refused.push(...read.value.refused);
				for (const row of read.value.rows) this.#take(row);
			} else this.failure = read.refusal;
		}
		this.#text = '';
		if (this.rows.length === 0 && this.refused.length === 0) {
			this.failure ??= refusal(0, 'empty_file', 'There is no record in this file.');
		}
	}

	#takeLine(text: string): void {
		this.#line++;
		if (text.trim() === '' || this.failure) return;
		const read = ndjsonRow(text, this.#line);
		if (read.ok) this.#take(read.value);
		else if (read.refusal.code === 'too_deep') this.failure = read.refusal;
		else this.refused.push(read.refusal);
	}

	#take(row: Row): void {
		if (this.rows.length >= MOST_ROWS) {
			this.failure ??= tooMany();
			return;
		}
		for (const column of Object.keys(row.cells)) if (!this.#known.has(column)) this.#add(column);
		if (Object.values(row.cells).some((cell) => !isBlank(cell))) this.rows.push(row);
	}

	#known = new Set<string>();
	#add(column: string): void {
		this.#known.add(column);
		this.columns.push(column);
		if (this.columns.length > 200) {
			this.failure ??= refused(
				0,
				'too_large',
				'The records have more than 200 different fields: is this a list of incidents?'
			).refusal;
		}
	}
}

/**
 * Reads CSV as it comes, piece by piece, so that a large file is never held twice and an endless line is noticed at once.
 * RFC 4180, with what spreadsheets do besides: any line ending, semicolons or tabs between cells, a byte order mark. Written
 * here because a refusal must name the line that an editor shows, also after a cell of several lines.
 */
import { LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS, refused, type IntakeRefusal } from './table.ts';

export interface CsvLine {
	line: number;
	cells: string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that the first line uses most, outside quotes; a comma where it uses none. */
export function guessDelimiter(start: string): string {
	const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
	let quoted = false;
	for (const letter of start) {
		if (letter === '"') quoted = !quoted;
		else if (!quoted && (letter === '\n' || letter === '\r')) break;
		else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	}
	return DELIMITERS.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
}

export class CsvReader {
	#delimiter: string | null = null;
	#line = 1;
	#startedAt = 1;
	#length = 0;
	#cells: string[] = [];
	#cell = '';
	#state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
	#afterReturn = false;
	#head = '';
	#failed: IntakeRefusal | null = null;

	/** The lines that are complete with this piece. Once something is wrong, `failure` says so and nothing more is read. */
	feed(piece: string): CsvLine[] {
		const lines: CsvLine[] = [];
		if (this.#failed || piece === '') return lines;
		let text = piece;
		if (this.#delimiter === null) {
			// What stands between cells is seen once the first line is there.
			this.#head += piece;
			if (!/[\n\r]/.test(this.#head) && this.#head.length <= LONGEST_LINE) return lines;
			text = this.#begin();
		}
		for (let at = 0; at < text.length && !this.#failed; at++) this.#letter(text.charAt(at), lines);
		return this.#failed ? [] : lines;
	}

	/** The last line, where the file does not end with a line's end. */
	end(): CsvLine[] {
		const lines: CsvLine[] = [];
		if (this.#delimiter === null) for (const letter of this.#begin()) this.#letter(letter, lines);
		if (this.#failed) return [];
		if (this.#state === 'quoted') {
			this.#fail(
				this.#startedAt,
				'not_readable',
				`The quote that opens in the row of line ${this.#startedAt} is never closed: close it, or double every quote inside a cell.`
			);
			return [];
		}
		if (this.#cells.length > 0 || this.#cell !== '' || this.#state === 'closed') this.#endLine(lines);
		return lines;
	}

	get failure(): IntakeRefusal | null {
		return this.#failed;
	}

	#begin(): string {
		const text = this.#head.replace(/^\ufeff/, '');
		this.#head = '';
		this.#delimiter = guessDelimiter(text);
		return text;
	}

	#letter(letter: string, lines: CsvLine[]): void {
		if (letter === '\n' && this.#afterReturn) {
			this.#afterReturn = false;
			return;
		}
		this.#afterReturn = letter === '\r';
		if (++this.#length > LONGEST_LINE) {
			return this.#fail(
				this.#startedAt,
				'line_too_long',
				`The row of line ${this.#startedAt} is longer than ${LONGEST_LINE / 1000},000 characters: no record is. Look for a quote that is never closed.`
			);
		}
		if (this.#state === 'quoted') return this.#inQuotes(letter);
		if (letter === '\n' || letter === '\r') return this.#endLine(lines);
		if (letter === this.#delimiter) return this.#endCell();
		if (letter === '"') {
			// A second quote inside quotes stands for one; a quote in the midst of a plain cell is just a letter.
			if (this.#state === 'start') this.#state = 'quoted';
			else if (this.#state === 'closed') {
				this.#add('"');
				this.#state = 'quoted';
			} else this.#add(letter);
			return;
		}
		if (this.#state === 'closed') {
			if (letter === ' ') return;
			return this.#fail(
				this.#line,
				'not_readable',
				`Line ${this.#line} goes on after a closing quote: double every quote that stands inside a cell.`
			);
		}
		if (this.#state === 'start' && letter === ' ') return;
		this.#state = 'plain';
		this.#add(letter);
	}

	#inQuotes(letter: string): void {
		if (letter === '"') this.#state = 'closed';
		else {
			if (letter === '\n' || letter === '\r') this.#line++;
			this.#add(letter === '\r' ? '\n' : letter);
		}
	}

	#add(letter: string): void {
		this.#cell += letter;
		if (this.#cell.length > LONGEST_CELL) {
			this.#fail(
				this.#startedAt,
				'line_too_long',
				`A cell of line ${this.#startedAt} is longer than ${LONGEST_CELL / 1000},000 characters: shorten it, or look for a quote that is never closed.`
			);
		}
	}

	#endCell(): void {
		this.#cells.push(this.#cell.trim());
		this.#cell = '';
		this.#state = 'start';
		if (this.#cells.length > MOST_COLUMNS) {
			this.#fail(
				this.#startedAt,
				'too_large',
				`Line ${this.#startedAt} has more than ${MOST_COLUMNS} columns: is this a list of incidents?`
			);
		}
	}

	#endLine(lines: CsvLine[]): void {
		const blank = this.#cells.length === 0 && this.#cell.trim() === '' && this.#state !== 'closed';
		if (!blank) {
			this.#endCell();
			lines.push({ line: this.#startedAt, cells: this.#cells });
		}
		this.#cells = [];
		this.#cell = '';
		this.#state = 'start';
		this.#length = 0;
		this.#line++;
		this.#startedAt = this.#line;
	}

	#fail(line: number, code: IntakeRefusal['code'], message: string): void {
		this.#failed ??= refused(line, code, message).refusal;
	}
}

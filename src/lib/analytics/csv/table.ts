/** A CSV file as records that know their lines: byte order marks, CRLF, quoted line breaks, and whichever separator its header uses. */
import Papa from 'papaparse';

export interface CsvRecord {
	/** Line of the file at which it begins; the first is 1. */
	line: number;
	fields: string[];
}

export interface CsvTable {
	header: string[];
	records: CsvRecord[];
	/** Records that cannot be read, by line: a quote that is never closed. */
	broken: { line: number; why: string }[];
}

/** Text of a file, by its byte order mark, else UTF-8, else the Windows code page that older spreadsheets write. */
export function decode(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Null where there is not even a header. */
export function readTable(text: string): CsvTable | null {
	const body = text.replace(/^\ufeff/, '');
	const table: CsvTable = { header: [], records: [], broken: [] };
	let line = 1;
	let from = 0;
	let seen = false;
	Papa.parse<string[]>(body, {
		delimiter: separatorOf(body),
		step: ({ data, errors, meta }) => {
			const began = line;
			line += lineBreaks(body, from, meta.cursor);
			from = meta.cursor;
			if (data.every((field) => field.trim() === '')) return;
			const quote = errors.find(({ type }) => type === 'Quotes');
			if (!seen) {
				table.header = data.map((name) => name.trim());
				seen = true;
			} else if (quote) {
				table.broken.push({ line: began, why: 'a quotation mark is not closed, or stands where none may' });
			} else {
				table.records.push({ line: began, fields: data });
			}
		}
	});
	return seen ? table : null;
}

/** The separator that the header has most of, outside quotes: lists inside fields may well use another. */
function separatorOf(body: string): string {
	const header = (/^[^\r\n]*\S[^\r\n]*/m.exec(body)?.[0] ?? '').replace(/"[^"]*"/g, '');
	const counts = [',', ';', '\t'].map((mark) => ({ mark, n: header.split(mark).length }));
	return counts.reduce((most, one) => (one.n > most.n ? one : most)).mark;
}

/** Line breaks of any kind between two places. */
function lineBreaks(text: string, from: number, to: number): number {
	let count = 0;
	for (let i = from; i < to; i++) {
		const code = text.charCodeAt(i);
		if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
	}
	return count;
}

// Reads an uploaded file into rows as it comes: what is no text, or too much of it, is noticed before it is all here, and
// everybody else has their turn in between.

import { rowReader, formOf, type FileForm, type RowReader } from '../../intake/rows.ts';
import { refused, type IntakeRefusal, type Read, type Row } from '../../intake/table.ts';

export const MOST_FILE_BYTES = 32 * 1024 * 1024;
const PIECE = 128 * 1024;

export interface Upload {
	form: FileForm;
	columns: string[];
	rows: Row[];
	/** Rows that could not even be read as rows. */
	refused: IntakeRefusal[];
}

/** The file in rows, or one sentence on why it cannot be used at all. */
export async function readUpload(
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	fileName: string
): Promise<Read<Upload>> {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	let reader: RowReader | null = null;
	let form: FileForm = 'csv';
	let size = 0;
	let line = 1;
	let waiting = '';
	const take = (text: string, last: boolean): void => {
		if (!reader) {
			waiting += text;
			// The form shows in the first letters that are no space.
			if (!last && waiting.trim().length < 4096) return;
			form = formOf(waiting, fileName);
			reader = rowReader(form);
			reader.feed(waiting);
			return;
		}
		reader.feed(text);
	};
	for await (const bytes of pieces) {
		size += bytes.length;
		if (size > MOST_FILE_BYTES) {
			return refused(
				0,
				'too_large',
				`The file is larger than ${MOST_FILE_BYTES / 1024 / 1024} MiB: split it, for example by year, and import one part after the other.`
			);
		}
		if (size === bytes.length && isUtf16(bytes))
			return wrongEncoding('It is UTF-16, as spreadsheets write “Unicode text”');
		for (let at = 0; at < bytes.length; at += PIECE) {
			const piece = bytes.subarray(at, at + PIECE);
			if (piece.includes(0)) {
				return refused(
					0,
					'not_text',
					'The file holds NUL bytes: it is no text. Save the list as CSV or JSON and choose that file.'
				);
			}
			let text: string;
			try {
				text = decoder.decode(piece, { stream: true });
			} catch {
				return wrongEncoding(`It is not UTF-8, somewhere from line ${line} on`);
			}
			line += text.split('\n').length - 1;
			take(text, false);
			const failure = failureOf(reader);
			if (failure) return { ok: false, refusal: failure };
			await breath();
		}
	}
	try {
		take(decoder.decode(), true);
	} catch {
		return wrongEncoding('It ends in the midst of a letter');
	}
	const done = reader as RowReader | null;
	if (!done) return refused(0, 'empty_file', 'The file is empty.');
	done.end();
	if (done.failure) return { ok: false, refusal: done.failure };
	if (done.rows.length === 0 && done.refused.length === 0) {
		return refused(0, 'empty_file', 'The file names its columns and has no row below them.');
	}
	return { ok: true, value: { form, columns: done.columns, rows: done.rows, refused: done.refused } };
}

/** Looks through what the type checker believes of a variable that a closure fills. */
function failureOf(reader: RowReader | null): IntakeRefusal | null {
	return reader?.failure ?? null;
}

function wrongEncoding(what: string): Read<Upload> {
	return refused(0, 'wrong_encoding', `The file cannot be read as text. ${what}: save it again as “CSV UTF-8”.`);
}

function isUtf16(bytes: Uint8Array): boolean {
	return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Lets others have their turn between pieces of work. */
export function breath(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** JSON as rows: an array of objects, or an object that holds one under a plain name; lists become text joined by semicolons. */
import { LONGEST_CELL, refused, type IntakeRefusal, type Read, type Row } from './table.ts';

/** Deeper than this no record of an incident is; a parser may be brought down by much deeper ones. */
const DEEPEST = 12;
const HOLDERS = ['incidents', 'events', 'data', 'items', 'records', 'rows', 'results'];

export function jsonRows(text: string): Read<{ rows: Row[]; refused: IntakeRefusal[] }> {
	const deep = tooDeep(text);
	if (deep) return refused(0, 'too_deep', deep);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return refused(0, 'not_readable', `This is not JSON that can be read${where(error, text)}.`);
	}
	const list = listIn(value);
	if (!list) {
		return refused(
			0,
			'not_readable',
			'The JSON is no list of records: give an array of objects, or an object with "incidents" or "events".'
		);
	}
	const rows: Row[] = [];
	const bad: IntakeRefusal[] = [];
	for (const [index, item] of list.entries()) {
		const row = rowOf(item, index + 1);
		if (row.ok) rows.push(row.value);
		else bad.push(row.refusal);
	}
	return { ok: true, value: { rows, refused: bad } };
}

export function ndjsonRow(text: string, line: number): Read<Row> {
	const deep = tooDeep(text);
	if (deep) return refused(line, 'too_deep', deep);
	try {
		return rowOf(JSON.parse(text), line);
	} catch {
		return refused(line, 'not_readable', 'This line is not one JSON object: write each record on a line of its own.');
	}
}

/** Looks before parsing: a sentence where brackets are nested too deeply. */
export function tooDeep(text: string, deepest = DEEPEST): string | null {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < text.length; at++) {
		const letter = text.charCodeAt(at);
		if (quoted) {
			if (letter === 92) at++;
			else if (letter === 34) quoted = false;
		} else if (letter === 34) quoted = true;
		else if (letter === 91 || letter === 123) {
			if (++depth > deepest) return `The JSON is nested more than ${deepest} levels deep: give plain records.`;
		} else if (letter === 93 || letter === 125) depth--;
	}
	return null;
}

/** The list of records that a document is or holds; null where it is none. */
export function listIn(value: unknown): unknown[] | null {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'object' || value === null) return null;
	for (const name of HOLDERS) {
		const held: unknown = (value as Record<string, unknown>)[name];
		if (Array.isArray(held)) return held;
	}
	return null;
}

function rowOf(item: unknown, line: number): Read<Row> {
	if (typeof item !== 'object' || item === null || Array.isArray(item)) {
		return refused(line, 'not_readable', `Record ${line} is no object with named fields.`);
	}
	const row: Row = { line, cells: {} };
	for (const [name, value] of Object.entries(item)) {
		const text = textOf(value);
		if (text.length > LONGEST_CELL) {
			return refused(
				line,
				'line_too_long',
				`"${name.slice(0, 60)}" of record ${line} is longer than ${LONGEST_CELL / 1000},000 characters: shorten it.`
			);
		}
		// Written as an escape, these come through where the bytes of a file would not.
		if (/\0|\p{Surrogate}/u.test(name + text)) {
			return refused(line, 'not_text', `Record ${line} holds NUL or half a letter: write plain text there.`);
		}
		if (text !== '') row.cells[name.slice(0, 100)] = text;
	}
	return { ok: true, value: row };
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return value.trim();
	if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return value.map(String).join('; ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean);
}

/** V8 says at which letter it stopped; people look for lines. */
function where(error: unknown, text: string): string {
	const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
	if (at === undefined) return '';
	return `: look at line ${text.slice(0, Number(at)).split('\n').length}`;
}

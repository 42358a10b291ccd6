/** Which column tells what: guessed from the headers, remembered from earlier imports, and edited by people. */
import { EVENT_FIELDS, fieldsOf, INCIDENT_FIELDS, type Field, type Kind } from './fields.ts';
import type { Row } from './table.ts';

/** Column of the file by field; a field that no column tells is absent. */
export type Mapping = Record<string, string>;

/** A header as it is compared: letters and digits alone. */
export function plain(header: string): string {
	return header
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');
}

/**
 * The most likely column of each field. What was chosen before for a header of that name wins (`remembered`: field by plain
 * header), then the field's own name, then its synonyms in their order. A column tells one thing only.
 */
export function guessMapping(kind: Kind, columns: readonly string[], remembered: Record<string, string> = {}): Mapping {
	const mapping: Mapping = {};
	const free = new Map(columns.map((column) => [column, plain(column)]));
	const take = (field: string, column: string | undefined) => {
		if (column === undefined || mapping[field] !== undefined) return;
		mapping[field] = column;
		free.delete(column);
	};
	const fields = fieldsOf(kind);
	const known = new Set(fields.map(({ id }) => id));
	for (const [column, header] of [...free]) {
		const field = remembered[header];
		if (field === '') free.delete(column);
		else if (field !== undefined && known.has(field)) take(field, column);
	}
	for (const { id } of fields) take(id, find(free, plain(id)));
	for (const { id, synonyms } of fields) {
		for (const synonym of synonyms) take(id, find(free, synonym));
	}
	return mapping;
}

function find(free: ReadonlyMap<string, string>, header: string): string | undefined {
	for (const [column, name] of free) if (name === header) return column;
	return undefined;
}

/** Whether a file lists events rather than incidents: it has a type and a time, and no severity of its own for each row. */
export function guessKind(columns: readonly string[]): Kind {
	const headers = new Set(columns.map(plain));
	const has = (fields: readonly Field[], id: string) => {
		const field = fields.find((one) => one.id === id);
		return field !== undefined && (headers.has(plain(id)) || field.synonyms.some((name) => headers.has(name)));
	};
	const events =
		['type', 'kind', 'eventtype', 'entrytype'].some((name) => headers.has(name)) && has(EVENT_FIELDS, 'incident');
	const ends = has(INCIDENT_FIELDS, 'resolved_at') || has(INCIDENT_FIELDS, 'impact_started_at');
	return events && !ends ? 'events' : 'incidents';
}

/** The row by field instead of by column. */
export function mapped(row: Row, mapping: Mapping): Record<string, string> {
	const cells: Record<string, string> = {};
	for (const [field, column] of Object.entries(mapping)) {
		const cell = row.cells[column];
		if (cell !== undefined) cells[field] = cell;
	}
	return cells;
}

/** What to remember of a mapping: the field by plain header, and an empty one for a column that was left out on purpose. */
export function toRemember(mapping: Mapping, columns: readonly string[]): Record<string, string> {
	const byColumn = new Map(Object.entries(mapping).map(([field, column]) => [column, field]));
	return Object.fromEntries(columns.map((column) => [plain(column), byColumn.get(column) ?? '']));
}

/** `theirs=ours`, as a command line has it; null where it is not of that form or ours is not known. */
export function readMapWord(kind: Kind, word: string): { column: string; field: string } | null {
	const at = word.lastIndexOf('=');
	if (at <= 0) return null;
	const field = word.slice(at + 1).trim();
	const column = word.slice(0, at).trim();
	return fieldsOf(kind).some(({ id }) => id === field) ? { column, field } : null;
}

/** The mapping with some columns chosen by hand. Names of columns count as they stand, else as they are compared. */
export function withChosen(
	mapping: Mapping,
	columns: readonly string[],
	chosen: readonly { column: string; field: string }[]
): { ok: true; mapping: Mapping } | { ok: false; column: string } {
	let next = { ...mapping };
	for (const { column, field } of chosen) {
		const found = columns.find((one) => one === column) ?? columns.find((one) => plain(one) === plain(column));
		if (found === undefined) return { ok: false, column };
		const others = Object.entries(next).filter(([, taken]) => taken !== found);
		next = { ...Object.fromEntries(others), [field]: found };
	}
	return { ok: true, mapping: next };
}

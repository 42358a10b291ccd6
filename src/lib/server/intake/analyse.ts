// What can be said of a file before anything of it is stored: which column tells what, how its dates are read, its first rows.

import { isZone } from '../../intake/dates.ts';
import type { Kind } from '../../intake/fields.ts';
import { guessKind, guessMapping, mapped, readMapWord, withChosen } from '../../intake/mapping.ts';
import { readIncidentRow, type RowReading } from '../../intake/incident-row.ts';
import { recordOf } from '../../intake/incident-events.ts';
import { readEventRow } from '../../intake/event-row.ts';
import { checkMapping, findDates, severityWords, type DateFinding, type ImportChoices } from '../../intake/reading.ts';
import { refusal, type IntakeRefusal, type Read } from '../../intake/table.ts';
import type { Analysis, PreviewRow } from '../../intake/wire.ts';
import type { ImportOptions } from './options.schema.ts';
import type { ImportMemory } from './memory.schema.ts';
import type { Upload } from './upload.ts';

const PREVIEW_ROWS = 8;

/** Chooses for whoever did not, and shows what that comes to. A refusal where what was chosen makes no sense. */
export function analyse(upload: Upload, options: ImportOptions, memory: ImportMemory, now: number): Read<Analysis> {
	const kind = options.kind ?? guessKind(upload.columns);
	const guessed = options.exact ? {} : guessMapping(kind, upload.columns, memory.columns[kind]);
	const words = options.map.map((word) => ({ word, read: readMapWord(kind, word) }));
	const wrong = words.find(({ read }) => read === null);
	if (wrong)
		return {
			ok: false,
			refusal: refusal(
				0,
				'no_column',
				`“${wrong.word.slice(0, 80)}” maps nothing: write theirs=ours, with one of Muster’s own fields on the right.`
			)
		};
	const chosen = withChosen(
		guessed,
		upload.columns,
		words.flatMap(({ read }) => read ?? [])
	);
	if (!chosen.ok) {
		return {
			ok: false,
			refusal: refusal(
				0,
				'no_column',
				`The file has no column “${chosen.column.slice(0, 80)}”: it has ${upload.columns.slice(0, 20).join(', ')}.`
			)
		};
	}
	if (options.zone !== null && !isZone(options.zone)) {
		return {
			ok: false,
			refusal: refusal(
				0,
				'no_zone',
				`“${options.zone.slice(0, 60)}” is no time zone: give one such as Europe/Paris or UTC.`
			)
		};
	}
	const choices: ImportChoices = {
		kind,
		source: options.source ?? memory.source,
		zone: options.zone,
		order: options.order,
		mapping: chosen.mapping,
		emptySeverity: options.emptySeverity,
		severities: { ...memory.severities, ...options.severities },
		correct: options.correct
	};
	const dates = findDates(kind, upload.rows, choices.mapping, choices.order);
	const reading = readingOf(choices, dates, now);
	return {
		ok: true,
		value: {
			kind,
			form: upload.form,
			rows: upload.rows.length + upload.refused.length,
			columns: upload.columns.map((name) => ({ name, example: exampleOf(upload, name) })),
			choices,
			dates,
			severities: kind === 'incidents' ? severityWords(upload.rows, choices.mapping, choices.severities) : [],
			preview: upload.rows.slice(0, PREVIEW_ROWS).map((row) => {
				const cells = mapped(row, choices.mapping);
				const read = readRow(kind, row.line, cells, reading);
				return { line: row.line, cells: row.cells, ...read };
			}),
			problem: problemOf(choices, dates)
		}
	};
}

export function readingOf(choices: ImportChoices, dates: DateFinding, now: number): RowReading {
	const { zone, emptySeverity, severities } = choices;
	return { zone, order: dates.order, now, emptySeverity, severities };
}

function readRow(
	kind: Kind,
	line: number,
	cells: Record<string, string>,
	reading: RowReading
): Pick<PreviewRow, 'read' | 'refused'> {
	if (kind === 'incidents') {
		const read = readIncidentRow(line, cells, reading);
		return read.ok
			? { read: { id: read.record.id, ...recordOf(read.record) }, refused: [] }
			: { read: {}, refused: read.refused };
	}
	const read = readEventRow(line, cells, reading);
	if (!read.ok) return { read: {}, refused: read.refused };
	const { incident, at, kind: type, text, value, service, by } = read.row;
	return { read: { incident, at: new Date(at).toISOString(), type, text, value, service, by }, refused: [] };
}

function problemOf(choices: ImportChoices, dates: DateFinding): IntakeRefusal | null {
	const unmapped = checkMapping(choices.kind, choices.mapping);
	if (unmapped) return unmapped;
	if (dates.ambiguous) return refusal(0, 'bad_time', dates.warning);
	if (dates.needsZone && choices.zone === null) {
		return refusal(0, 'no_zone', 'The times of this file do not say in which time zone they are: choose it.');
	}
	return null;
}

function exampleOf(upload: Upload, column: string): string {
	for (const row of upload.rows.slice(0, 50)) {
		const cell = row.cells[column];
		if (cell) return cell.slice(0, 60);
	}
	return '';
}

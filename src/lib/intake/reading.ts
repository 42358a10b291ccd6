/** What an import is told beside the file, and what it says of the file as a whole before a single row is stored. */
import type { Severity } from '../incident/severity.ts';
import { lacksZone, orderEvidence, type DateOrder, type OrderEvidence } from './dates.ts';
import { fieldsOf, type Kind } from './fields.ts';
import { plain, type Mapping } from './mapping.ts';
import { isBlank, refusal, type IntakeRefusal, type Row } from './table.ts';
import { severityOf } from './values.ts';

export interface ImportChoices {
	kind: Kind;
	/** The tool the file comes from: with the id it names an incident for ever. */
	source: string;
	zone: string | null;
	/** `auto` reads it off the file, and refuses to guess where the file does not tell. */
	order: DateOrder | 'auto';
	mapping: Mapping;
	emptySeverity: Severity | null;
	/** Severity by the word that stands for it, compared plainly. */
	severities: Record<string, Severity>;
	/** Whether rows that are here already and differ are corrected; else they are only told. */
	correct: boolean;
}

/** How the dates of a file are read, and whether that is certain. */
export interface DateFinding {
	order: DateOrder;
	evidence: OrderEvidence;
	/** True where nothing tells: nothing is imported until somebody has chosen. */
	ambiguous: boolean;
	/** A sentence to show; empty where there is nothing to say. */
	warning: string;
	/** Whether some time needs the zone that was given. */
	needsZone: boolean;
}

export function findDates(kind: Kind, rows: readonly Row[], mapping: Mapping, order: DateOrder | 'auto'): DateFinding {
	const columns = fieldsOf(kind).flatMap(({ id, kind: holds }) =>
		holds === 'time' && mapping[id] !== undefined ? [mapping[id]] : []
	);
	const texts = rows.flatMap((row) => columns.flatMap((column) => row.cells[column] ?? []));
	const evidence = orderEvidence(texts);
	const needsZone = texts.some(lacksZone);
	const read: DateOrder = order !== 'auto' ? order : evidence === 'month' ? 'month' : 'day';
	return {
		order: read,
		evidence,
		ambiguous: order === 'auto' && (evidence === 'either' || evidence === 'both'),
		warning: warn(order, evidence, read),
		needsZone
	};
}

function warn(order: DateOrder | 'auto', evidence: OrderEvidence, read: DateOrder): string {
	const first = read === 'day' ? 'the day first' : 'the month first';
	if (evidence === 'both') {
		return 'Some dates can only have the day first and others only the month first: those that do not fit are refused. Choose which is meant.';
	}
	if (order !== 'auto') {
		return (evidence === 'day' || evidence === 'month') && evidence !== order
			? `Dates are read with ${first}, as chosen, but some of them can only have the ${evidence} first.`
			: '';
	}
	if (evidence === 'either') {
		return `Nothing in the file tells whether 03/04 is 3 April or 4 March. It is shown with ${first}; choose before importing.`;
	}
	return evidence === 'month' ? 'Dates have the month first: 03/04 is 4 March.' : '';
}

/** Columns without which nothing can be read. */
export function checkMapping(kind: Kind, mapping: Mapping): IntakeRefusal | null {
	const has = (field: string) => mapping[field] !== undefined;
	const missing =
		kind === 'incidents'
			? !has('id')
				? 'the id'
				: !['created_at', 'detected_at', 'impact_started_at', 'acknowledged_at'].some(has)
					? 'a time (created, detected or impact started)'
					: null
			: !has('incident')
				? 'the incident'
				: !has('at')
					? 'the time'
					: !has('type')
						? 'the type'
						: null;
	return missing === null ? null : refusal(0, 'no_column', `No column tells ${missing}: choose which one does.`);
}

export interface SeverityWord {
	/** As it is compared. */
	word: string;
	/** As the file writes it. */
	text: string;
	count: number;
	/** Null where nobody knows what it stands for. */
	severity: Severity | null;
}

/** The words of the file for severities, most frequent first, and what each stands for. */
export function severityWords(
	rows: readonly Row[],
	mapping: Mapping,
	chosen: Record<string, Severity>
): SeverityWord[] {
	const column = mapping.severity;
	if (column === undefined) return [];
	const counts = new Map<string, { text: string; count: number }>();
	for (const row of rows) {
		const text = row.cells[column];
		if (text === undefined || isBlank(text)) continue;
		const entry = counts.get(plain(text)) ?? { text: text.slice(0, 60), count: 0 };
		counts.set(plain(text), { ...entry, count: entry.count + 1 });
	}
	return [...counts]
		.map(([word, { text, count }]) => ({ word, text, count, severity: severityOf(text, chosen) }))
		.sort((one, other) => other.count - one.count)
		.slice(0, 30);
}

/** The columns of an incident file, by their names in the header. */
export const COLUMNS = [
	'id',
	'title',
	'severity',
	'created_at',
	'impact_started_at',
	'detected_at',
	'acknowledged_at',
	'mitigated_at',
	'resolved_at',
	'services',
	'cause',
	'escalated',
	'postmortem_state',
	'detected_by',
	'team'
] as const;
export type Column = (typeof COLUMNS)[number];

export const TIME_COLUMNS = [
	'created_at',
	'impact_started_at',
	'detected_at',
	'acknowledged_at',
	'mitigated_at',
	'resolved_at'
] as const satisfies Column[];

export type Places = Partial<Record<Column, number>>;

export type FoundColumns = { ok: true; places: Places } | { ok: false; code: string; message: string };

/** Which column stands where. `map` is from their name to ours and wins over a header that has our name already. */
export function findColumns(header: readonly string[], map: ReadonlyMap<string, Column>): FoundColumns {
	const places: Places = {};
	header.forEach((name, place) => {
		const column = COLUMNS.find((known) => known === plain(name));
		if (column) places[column] ??= place;
	});
	for (const [theirs, ours] of map) {
		const place = header.findIndex((name) => plain(name) === plain(theirs));
		if (place < 0) {
			const have = header.filter((name) => name !== '').join(', ');
			return { ok: false, code: 'unknown_column', message: `the file has no column "${theirs}"; it has ${have}` };
		}
		places[ours] = place;
	}
	if (Object.keys(places).length === 0) {
		return {
			ok: false,
			code: 'no_columns',
			message: `the first line names none of the columns ${COLUMNS.slice(0, 13).join(', ')}; name yours with --map theirs=ours`
		};
	}
	return { ok: true, places };
}

/** `Created at` and `created-at` are `created_at`. */
function plain(name: string): string {
	return name
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}

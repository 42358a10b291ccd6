import { readFileSync } from 'node:fs';
import { IANAZone } from 'luxon';
import { SEVERITIES, type Severity } from '../../lib/incident/severity.ts';
import { COLUMNS, type Column } from '../../lib/analytics/csv/columns.ts';
import { readIncidents } from '../../lib/analytics/csv/incidents.ts';
import { readMoment } from '../../lib/analytics/csv/moment.ts';
import { decode } from '../../lib/analytics/csv/table.ts';
import { readDays } from '../../lib/analytics/period.ts';
import { DEFAULT_SETTINGS } from '../../lib/analytics/settings.ts';
import { statsOf } from '../../lib/analytics/stats-output.ts';
import { nearest } from '../../lib/scenario/nearest.ts';
import { statsText } from '../stats-text.ts';
import { CommandError, printJson, readArgs, UsageError } from '../usage.ts';

/** Figures of a CSV file of incidents, `-` for standard input. No database, no server. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		json: { type: 'boolean', default: false },
		map: { type: 'string', multiple: true },
		'as-of': { type: 'string' },
		due: { type: 'string' },
		'repeat-window': { type: 'string' },
		zone: { type: 'string' }
	});
	const [file, ...more] = positionals;
	if (file === undefined) throw new UsageError('which file? A CSV with a header, or - for standard input');
	if (more.length > 0) throw new UsageError(`one file at a time, not also ${more.join(', ')}`);
	const zone = values.zone === undefined ? null : zoneOf(values.zone);
	const map = new Map((values.map ?? []).map(mappingOf));
	const due = values.due === undefined ? DEFAULT_SETTINGS.postmortemDue : dueOf(values.due);
	const repeatWindowDays =
		values['repeat-window'] === undefined
			? DEFAULT_SETTINGS.repeatWindowDays
			: daysOf('--repeat-window', values['repeat-window']);
	const asOf = values['as-of'] === undefined ? null : momentOf(values['as-of'], zone);
	const read = readIncidents(decode(bytesOf(file)), { map, zone });
	if (!read.ok) throw new CommandError(read.code, read.message);
	const { rows, refused, lastAt } = read;
	const stats = statsOf(rows, { asOf: asOf ?? lastAt ?? 0, due, repeatWindowDays, refused });
	if (values.json) printJson(stats);
	else process.stdout.write(statsText(stats));
	return 0;
}

function bytesOf(file: string): Uint8Array {
	try {
		return readFileSync(file === '-' ? 0 : file);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT') throw new CommandError('no_file', `there is no file ${file}`);
		if (code === 'EISDIR') throw new CommandError('no_file', `${file} is a folder: name the CSV file in it`);
		throw new CommandError(
			'no_file',
			`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`
		);
	}
}

function mappingOf(text: string): [string, Column] {
	// Their name may hold an equals sign; ours does not.
	const at = text.lastIndexOf('=');
	const theirs = text.slice(0, Math.max(0, at)).trim();
	const ours = text.slice(at + 1).trim();
	if (at < 1 || theirs === '')
		throw new UsageError(`--map is theirs=ours, for example --map "Opened=created_at", not "${text}"`);
	const column = COLUMNS.find((known) => known === ours);
	if (column) return [theirs, column];
	const meant = nearest(ours, COLUMNS);
	throw new UsageError(
		`--map ${text}: there is no column "${ours}"${meant === null ? `; there are ${COLUMNS.join(', ')}` : `: did you mean "${meant}"?`}`
	);
}

function dueOf(text: string): Severity[] {
	const names = text.split(',').map((name) => name.trim().toUpperCase());
	return names.map((name) => {
		const severity = SEVERITIES.find((known) => known === name);
		if (!severity) throw new UsageError(`--due is a list such as P1,P2, not "${text}"`);
		return severity;
	});
}

function daysOf(flag: string, text: string): number {
	const days = readDays(text);
	if (days === null) throw new UsageError(`${flag} is a length of time such as 90d, 12w or 48h, not "${text}"`);
	return days;
}

function zoneOf(name: string): IANAZone {
	if (!IANAZone.isValidZone(name))
		throw new UsageError(`--zone is a time zone such as Europe/Paris or UTC, not "${name}"`);
	return IANAZone.create(name);
}

function momentOf(text: string, zone: IANAZone | null): number {
	const moment = readMoment(text, zone);
	if (!moment.ok) throw new UsageError(`--as-of: ${moment.why}`);
	return moment.at;
}

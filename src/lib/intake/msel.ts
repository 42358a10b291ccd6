/**
 * A master scenario events list, as exercises are planned in spreadsheets: when who tells whom what by which way, and what is
 * expected then. Rows that cannot be taken are told with their line and why, and come back whole.
 */
import { COMMAND_ROLES, ROLE_NAMES, type CommandRole } from '../incident/role.ts';
import { CsvReader, type CsvLine } from './csv.ts';
import { refusal, refused, type IntakeRefusal } from './table.ts';

export interface MselInject {
	/** Line of the file it began on. */
	line: number;
	id: string;
	/** From the begin of the run. */
	atMs: number;
	channel: string;
	from: string;
	to: CommandRole | null;
	text: string;
	expected: string;
	asks: boolean;
}

export interface MselRefused extends IntakeRefusal {
	/** The row as it stood there. */
	cells: string[];
}

/** Something that was read in one of several ways. */
export interface MselNote {
	line: number;
	message: string;
}

export interface Msel {
	injects: MselInject[];
	refused: MselRefused[];
	notes: MselNote[];
}

export interface MselOptions {
	/** Minutes of the day at which the exercise begins, where the list tells the time of day; null where it counts from the begin. */
	startMinutes?: number | null;
	/** Channels that a scenario knows. */
	channels: readonly string[];
	/** Ids that are taken already. */
	taken?: readonly string[];
}

export const MOST_MSEL_CHARACTERS = 1024 * 1024;
const MOST_ROWS = 500;
const LONGEST_TEXT = 4_000;

type Column = 'id' | 'time' | 'from' | 'to' | 'channel' | 'text' | 'expected' | 'asks';
/** How planners name their columns; letters alone are compared. */
const NAMES: Record<Column, readonly string[]> = {
	id: ['id', 'no', 'nr', 'number', 'inject', 'injectno', 'injectnumber', 'mselno', 'mselnumber', 'serial', 'eventno'],
	time: [
		'time',
		'at',
		'when',
		'offset',
		'eventtime',
		'injecttime',
		'simtime',
		'elapsed',
		'plannedtime',
		'deliverytime',
		't'
	],
	from: ['from', 'sender', 'source', 'frominject', 'originator', 'by', 'fromsimcell', 'injectfrom'],
	to: ['to', 'recipient', 'receiver', 'addressee', 'player', 'toplayer', 'target', 'responsible'],
	channel: ['channel', 'method', 'means', 'medium', 'mode', 'via', 'delivery', 'deliverymethod', 'type', 'injectmode'],
	text: ['text', 'message', 'description', 'content', 'event', 'eventdescription', 'injecttext', 'details', 'what'],
	expected: [
		'expected',
		'expectedreaction',
		'expectedresponse',
		'expectedaction',
		'expectedactions',
		'expectedplayeraction',
		'expectedoutcome',
		'reaction'
	],
	asks: ['asks', 'answer', 'answerexpected', 'needsanswer', 'reply']
};

const CHANNEL_WORDS: Record<string, string> = {
	telephone: 'phone',
	call: 'phone',
	phonecall: 'phone',
	sms: 'phone',
	mail: 'email',
	slack: 'chat',
	teams: 'chat',
	im: 'chat',
	inperson: 'chat',
	verbal: 'chat',
	radio: 'chat',
	pager: 'page',
	alert: 'page',
	twitter: 'social',
	socialmedia: 'social',
	media: 'press',
	news: 'press',
	journalist: 'press',
	executive: 'exec',
	management: 'exec',
	supplier: 'vendor',
	helpdesk: 'ticket',
	support: 'ticket',
	supportticket: 'ticket',
	statuspage: 'status_feed',
	authority: 'regulator'
};

const SEAT_WORDS: Record<string, CommandRole> = {
	ic: 'incident_commander',
	commander: 'incident_commander',
	tl: 'technical_lead',
	techlead: 'technical_lead',
	cl: 'communications_lead',
	comms: 'communications_lead',
	commslead: 'communications_lead',
	communications: 'communications_lead',
	pio: 'communications_lead',
	publicinformationofficer: 'communications_lead',
	recorder: 'scribe'
};
const EVERYBODY = ['', 'all', 'everyone', 'everybody', 'room', 'team', 'allplayers', 'players'];

export function readMsel(
	text: string,
	options: MselOptions
): { ok: true; msel: Msel } | { ok: false; refusal: IntakeRefusal } {
	if (text.length > MOST_MSEL_CHARACTERS) return refused(0, 'too_large', 'The list is larger than 1 MiB: split it.');
	const nul = text.indexOf('\0');
	if (nul !== -1) {
		return refused(
			text.slice(0, nul).split('\n').length,
			'not_text',
			'The file holds bytes that no text has: save it as CSV (UTF-8).'
		);
	}
	const reader = new CsvReader();
	const lines = [...reader.feed(text), ...reader.end()];
	if (reader.failure) return { ok: false, refusal: reader.failure };
	const [head, ...rows] = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
	if (!head) return refused(0, 'empty_file', 'There is nothing in the list: the first row names its columns.');
	const columns = columnsOf(head.cells);
	for (const needed of ['time', 'text'] as const) {
		if (columns[needed] === undefined) {
			return refused(
				head.line,
				'no_column',
				`No column is the ${needed === 'time' ? 'time' : 'text of an inject'}: name one “${needed}”. The first row reads ${head.cells.join(', ').slice(0, 200)}.`
			);
		}
	}
	if (rows.length > MOST_ROWS)
		return refused(0, 'too_large', `The list has more than ${MOST_ROWS} rows: no run is that long.`);
	const msel: Msel = { injects: [], refused: [], notes: [] };
	const taken = new Set(options.taken ?? []);
	for (const row of rows) takeRow(row, head.cells.length, columns, options, taken, msel);
	msel.injects.sort((a, b) => a.atMs - b.atMs || a.line - b.line);
	return { ok: true, msel };
}

function takeRow(
	{ line, cells }: CsvLine,
	width: number,
	columns: Partial<Record<Column, number>>,
	options: MselOptions,
	taken: Set<string>,
	msel: Msel
): void {
	const cell = (column: Column): string => {
		const at = columns[column];
		return at === undefined ? '' : (cells[at] ?? '').trim();
	};
	const refuse = (code: IntakeRefusal['code'], message: string) =>
		void msel.refused.push({ ...refusal(line, code, message), cells });
	const note = (message: string) => void msel.notes.push({ line, message });
	if (cells.length > width)
		return refuse(
			'too_many_cells',
			'The row has more cells than the first row names columns: put quotes around texts with commas.'
		);
	const text = cell('text');
	if (text === '') return refuse('no_column', 'The row has no text: what is told?');
	if (text.length > LONGEST_TEXT || cell('expected').length > LONGEST_TEXT) {
		return refuse('line_too_long', `A text is longer than ${LONGEST_TEXT} characters: nobody reads that in a run.`);
	}
	const time = readOffset(cell('time'), options.startMinutes ?? null);
	if (!time.ok) return refuse('bad_time', time.message);
	if (time.ms === 0) note('It comes one second after the begin: nothing can come before the run begins.');
	const id = idOf(cell('id') === '' ? `msel-${line}` : cell('id'), taken);
	msel.injects.push({
		line,
		id,
		atMs: Math.max(1_000, time.ms),
		channel: channelOf(cell('channel'), options.channels, note),
		from: cell('from') === '' ? 'Exercise' : cell('from').slice(0, 200),
		to: seatOf(cell('to'), note),
		text,
		expected: cell('expected'),
		asks: /^(y|yes|true|x|1)$/i.test(cell('asks')) || (cell('asks') === '' && text.endsWith('?'))
	});
}

/**
 * `00:05` and `0:05:30` count from the begin, or are times of day where a start is given; `5m`, `1h30m`, `90s`, `T+5`, `T+0:05`,
 * `+5`, `5` count from the begin, in minutes where they name no unit.
 */
export function readOffset(
	written: string,
	startMinutes: number | null
): { ok: true; ms: number } | { ok: false; message: string } {
	const text = written.trim().replace(/\s+/g, '');
	const bad = (message: string) => ({ ok: false as const, message });
	if (text === '') return bad('The row has no time.');
	if (text.length > 20) return bad(`“${written.slice(0, 60)}” is no time: write 00:05, 5m or T+5.`);
	const relative = /^(?:t\+|\+)/i.test(text);
	const rest = text.replace(/^(?:t\+|\+|t=)/i, '');
	if (/^(t-|-)/i.test(text)) return bad(`“${written}” lies before the begin: an inject comes during the run.`);
	const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(rest);
	if (clock) {
		const [, hours, minutes, seconds = '0'] = clock;
		if (Number(minutes) > 59 || Number(seconds) > 59)
			return bad(`“${written}” is no time: minutes and seconds go to 59.`);
		const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
		if (relative || startMinutes === null) return { ok: true, ms };
		if (Number(hours) > 23) return bad(`“${written}” is no time of day.`);
		// An exercise that begins in the evening goes on after midnight.
		const since = ms - startMinutes * 60_000;
		return { ok: true, ms: since < 0 ? since + 24 * 3_600_000 : since };
	}
	const units =
		/^(?:(\d+(?:\.\d+)?)h(?:ours?|rs?)?)?(?:(\d+(?:\.\d+)?)m(?:in(?:utes?|s)?)?)?(?:(\d+)s(?:ec(?:onds?|s)?)?)?$/i.exec(
			rest
		);
	if (units?.[0]) {
		const [, hours = '0', minutes = '0', seconds = '0'] = units;
		return { ok: true, ms: Math.round(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 };
	}
	if (/^\d+(\.\d+)?$/.test(rest)) return { ok: true, ms: Math.round(Number(rest) * 60) * 1000 };
	return bad(`“${written.slice(0, 60)}” is no time: write 00:05, 5m or T+5.`);
}

function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> {
	const columns: Partial<Record<Column, number>> = {};
	// A better name comes earlier in its list: “Event” is the text only where nothing is called text.
	for (const column of Object.keys(NAMES) as Column[]) {
		const heads = cells.map((cell) => letters(cell));
		for (const name of NAMES[column]) {
			const at = heads.indexOf(name);
			if (at === -1 || Object.values(columns).includes(at)) continue;
			columns[column] = at;
			break;
		}
	}
	// A list whose only words for the text are those that elsewhere number the rows.
	if (columns.text === undefined && columns.id !== undefined && letters(cells[columns.id] ?? '') === 'inject') {
		columns.text = columns.id;
		delete columns.id;
	}
	return columns;
}

function channelOf(written: string, known: readonly string[], note: (message: string) => void): string {
	const word = letters(written);
	const found = known.find((channel) => letters(channel) === word) ?? CHANNEL_WORDS[word];
	if (found !== undefined && known.includes(found)) return found;
	if (written !== '')
		note(`“${written.slice(0, 60)}” is no channel that is known: it comes by chat. Known are ${known.join(', ')}.`);
	return 'chat';
}

function seatOf(written: string, note: (message: string) => void): CommandRole | null {
	const word = letters(written);
	const seat =
		COMMAND_ROLES.find((role) => [letters(role), letters(ROLE_NAMES[role])].includes(word)) ?? SEAT_WORDS[word];
	if (seat !== undefined) return seat;
	if (!EVERYBODY.includes(word)) note(`“${written.slice(0, 60)}” is no seat: it goes to the whole room.`);
	return null;
}

/** A slug that nothing else has. */
function idOf(written: string, taken: Set<string>): string {
	const slug =
		written
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-+|-+$/g, '')
			.slice(0, 60) || 'inject';
	const base = /^\d/.test(slug) ? `msel-${slug}` : slug;
	let id = base;
	for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
	taken.add(id);
	return id;
}

function letters(text: string): string {
	return text.toLowerCase().replace(/[^a-z]/g, '');
}

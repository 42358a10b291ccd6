import { z } from 'zod';
import { parseCommand } from '../incident/command.schema.ts';
import type { LoggedCommand } from '../incident/command.ts';
import { parseEvent } from '../incident/event.schema.ts';
import { COMMAND_ROLES } from '../incident/role.ts';
import { SEVERITIES } from '../incident/severity.ts';
import type { LogFile, LogHeader } from './log-file.ts';

const severityLevel = z.strictObject({
	severity: z.enum(SEVERITIES),
	name: z.string(),
	description: z.string(),
	responseMs: z.number(),
	escalationMs: z.number(),
	team: z.enum(['all_hands', 'on_call_primary', 'on_call_secondary', 'regular_hours']),
	examples: z.array(z.string()),
	resolveTargetMs: z.number().nullable(),
	updateEveryMs: z.number().nullable(),
	postmortemDays: z.number().optional(),
	actionDays: z.number().optional()
});

const settings = z.strictObject({
	policy: z.record(z.enum(SEVERITIES), severityLevel),
	bots: z.array(z.enum(COMMAND_ROLES)),
	limitMinutes: z.number().int().positive().nullable()
});

const header = z.strictObject({
	format: z.literal('muster-log'),
	formatVersion: z.literal(1),
	incidentId: z.string(),
	key: z.string(),
	origin: z.enum(['practice', 'real']),
	title: z.string(),
	scenario: z.string().nullable(),
	contentHash: z.string().nullable(),
	seed: z.string().nullable(),
	settings: settings.nullable(),
	engineVersion: z.string().nullable(),
	hash: z.string().nullable()
}) satisfies z.ZodType<LogHeader>;

const command = z.strictObject({
	n: z.number().int().positive(),
	simMs: z.number().nullable(),
	at: z.number(),
	by: z.strictObject({ participantId: z.string(), host: z.boolean() }),
	clientCommandId: z.string(),
	body: z.unknown()
});

const line = z.union([
	z.strictObject({ header: z.unknown() }),
	z.strictObject({ command: z.unknown() }),
	z.strictObject({ event: z.unknown() })
]);

/** Why a line of an exported log cannot be read. */
export interface LogProblem {
	line: number;
	column: number;
	code: 'not_json' | 'not_a_log_line' | 'not_a_header' | 'not_a_command' | 'not_an_event' | 'order' | 'no_header';
	message: string;
}

export type ReadLog = { ok: true; log: LogFile } | { ok: false; problem: LogProblem };

/**
 * Reads an exported log: NDJSON as `writeLog` writes it. Every header, command and event is checked against its type, and
 * commands and events must be numbered contiguously. The first line that does not fit is named. Never throws.
 */
export function readLog(text: string): ReadLog {
	let head: LogHeader | null = null;
	const commands: LogFile['commands'] = [];
	const events: LogFile['events'] = [];
	for (const [index, raw] of text.split('\n').entries()) {
		if (raw.trim() === '') continue;
		const wrong = (code: LogProblem['code'], message: string): ReadLog => ({
			ok: false,
			problem: { line: index + 1, column: 1, code, message }
		});
		let json: unknown;
		try {
			json = JSON.parse(raw);
		} catch (error) {
			return wrong('not_json', `this line is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
		}
		const parsed = line.safeParse(json);
		if (!parsed.success) {
			return wrong(
				'not_a_log_line',
				'expected {"header": …}, {"command": …} or {"event": …} as `muster export --format ndjson` writes them'
			);
		}
		if ('header' in parsed.data) {
			const read = header.safeParse(parsed.data.header);
			if (!read.success) return wrong('not_a_header', issueOf(read.error));
			head = read.data;
		} else if ('command' in parsed.data) {
			const read = readCommand(parsed.data.command);
			if (typeof read === 'string') return wrong('not_a_command', read);
			if (read.n !== commands.length + 1) return wrong('order', missing('command', commands.length + 1, read.n));
			commands.push(read);
		} else {
			try {
				const read = parseEvent(parsed.data.event);
				if (read.seq !== events.length + 1) return wrong('order', missing('event', events.length + 1, read.seq));
				events.push(read);
			} catch (error) {
				if (!(error instanceof z.ZodError)) throw error;
				return wrong('not_an_event', issueOf(error));
			}
		}
	}
	if (head === null) {
		const message = 'the log has no header line; export it again with `muster export <id> --format ndjson`';
		return { ok: false, problem: { line: 1, column: 1, code: 'no_header', message } };
	}
	return { ok: true, log: { header: head, commands, events } };
}

/** The command, or what is wrong with it. */
function readCommand(value: unknown): LoggedCommand | string {
	const read = command.safeParse(value);
	if (!read.success) return issueOf(read.error);
	const body = parseCommand(read.data.body);
	return body.ok ? { ...read.data, body: body.command } : body.message;
}

function missing(kind: string, expected: number, found: number): string {
	return `expected ${kind} ${expected}, found ${found}: a line is missing or out of order`;
}

function issueOf(error: z.ZodError): string {
	const issue = error.issues[0];
	const where = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
	return `${where}${issue?.message ?? 'not valid'}`;
}

import type { LoggedCommand } from '../incident/command.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { RunSettings } from '../engine/types.ts';

/** First line of an exported log. A real incident has no scenario, seed, settings or engine. */
export interface LogHeader {
	format: 'muster-log';
	formatVersion: 1;
	incidentId: string;
	key: string;
	origin: 'practice' | 'real';
	title: string;
	scenario: string | null;
	contentHash: string | null;
	seed: string | null;
	settings: RunSettings | null;
	engineVersion: string | null;
	/** State hash at the last event of the run; null while it goes on. */
	hash: string | null;
}

/** An exported incident: NDJSON of a header, then commands, then events, each line `{"header"|"command"|"event": …}`. */
export interface LogFile {
	header: LogHeader;
	commands: LoggedCommand[];
	events: IncidentEvent[];
}

/** Writes an exported log, one JSON document per line, with a newline at the end. */
export function writeLog(log: LogFile): string {
	const lines = [
		JSON.stringify({ header: log.header }),
		...log.commands.map((command) => JSON.stringify({ command })),
		...log.events.map((event) => JSON.stringify({ event }))
	];
	return `${lines.join('\n')}\n`;
}

// Muster's own log: one JSON line per record on standard error, so that standard output stays the address to open.

import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/** Secrets never reach the log: these fields are cut wherever they occur on the first two levels. */
const SECRETS = ['token', 'hostKey', 'secret', 'adminSecret', 'databaseUrl', 'cookie', 'authorization'];

export function createLogger(level: LogLevel): Logger {
	return pino(
		{
			level,
			base: null,
			redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '(cut)' }
		},
		destination({ fd: 2, sync: true })
	);
}

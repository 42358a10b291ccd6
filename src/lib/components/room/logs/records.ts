/** Log records as they came, and what tells one from another. Pure. */
import type { LogsAnswer } from '$lib/protocol/messages.ts';

export type LogRecord = LogsAnswer['records'][number];

export const identity = ({ at, service, spanId, msg }: LogRecord) => `${at} ${service} ${spanId} ${msg}`;

/** Each record once, in their order: two of one moment with the same words are the same line. */
export function distinct(records: readonly LogRecord[]): LogRecord[] {
	const known = new Map(records.map((record) => [identity(record), record]));
	return [...known.values()];
}

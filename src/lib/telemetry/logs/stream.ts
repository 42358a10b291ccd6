import type { FakerPools } from '../../world/index.ts';
import type { Truth } from '../truth-view.ts';
import type { LogRecord } from '../types.ts';

export type Level = LogRecord['level'];

/** A line that exists, before its words are put together: most lines are passed over by a filter on their level. */
export interface LineDraft {
	simMs: number;
	level: Level;
	/** How many real lines stand behind it. */
	weight: number;
	/** Its words; without the identifiers of trace, span and request unless `complete`, which take the longest to make. */
	record(complete: boolean): LogRecord;
	/** A field's value where it is known without the words, null where it is known to have none; undefined: read the record. */
	peek?(name: string): string | null | undefined;
}

/** Expected lines by level, all of them, not only those kept. */
export interface LineCounts {
	error: number;
	warn: number;
	info: number;
}

/** One source of lines of one service. */
export interface LineStream {
	service: string;
	/** Lines written in [second, second + 1), in any order. */
	linesIn(second: number): LineDraft[];
	countIn(fromMs: number, toMs: number): LineCounts;
}

export interface StreamContext {
	truth: Truth;
	pools: FakerPools;
	/** One in how many requests leaves a line. */
	sampledOneIn: number;
}

export const SILENT: LineCounts = { error: 0, warn: 0, info: 0 };

/** A number of lines of one level. */
export function countOf(level: Level, lines: number): LineCounts {
	switch (level) {
		case 'error':
		case 'fatal':
			return { ...SILENT, error: lines };
		case 'warn':
			return { ...SILENT, warn: lines };
		case 'info':
		case 'debug':
			return { ...SILENT, info: lines };
	}
}

export function plus(a: LineCounts, b: LineCounts): LineCounts {
	return { error: a.error + b.error, warn: a.warn + b.warn, info: a.info + b.info };
}

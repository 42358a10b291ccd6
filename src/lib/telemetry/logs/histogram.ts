import type { LogPage, LogQuery } from '../types.ts';
import { countOf, plus, SILENT, type LineCounts, type LineDraft, type LineStream } from './stream.ts';

const SLICES = 60;

type Slices = LogPage['histogram'];

/**
 * Lines expected in equal slices of the window, from rates: counting them one by one would take as long as writing them.
 */
export function expectedSlices(
	streams: readonly LineStream[],
	query: LogQuery,
	levels: ReadonlySet<string> | null
): Slices {
	const wanted = (...names: string[]) => levels === null || names.some((name) => levels.has(name));
	return slices(query, (fromMs, toMs) => {
		const sum = streams.map((stream) => stream.countIn(fromMs, toMs)).reduce(plus, SILENT);
		return {
			error: wanted('error', 'fatal') ? sum.error : 0,
			warn: wanted('warn') ? sum.warn : 0,
			info: wanted('info', 'debug') ? sum.info : 0
		};
	});
}

/** Lines that were looked at and matched, per slice. */
export class SliceCounts {
	readonly #query: LogQuery;
	readonly #counts: LineCounts[] = Array.from({ length: SLICES }, () => SILENT);

	constructor(query: LogQuery) {
		this.#query = query;
	}

	add({ simMs, level, weight }: LineDraft): void {
		const { fromMs, toMs } = this.#query;
		const at = Math.min(SLICES - 1, Math.floor(((simMs - fromMs) / (toMs - fromMs)) * SLICES));
		this.#counts[at] = plus(this.#counts[at] ?? SILENT, countOf(level, weight));
	}

	get slices(): Slices {
		let next = 0;
		return slices(this.#query, () => this.#counts[next++] ?? SILENT);
	}
}

function slices({ fromMs, toMs }: LogQuery, count: (fromMs: number, toMs: number) => LineCounts): Slices {
	const spanMs = (toMs - fromMs) / SLICES;
	if (!(spanMs > 0)) return [];
	return Array.from({ length: SLICES }, (_, i) => {
		const from = fromMs + i * spanMs;
		const { error, warn, info } = count(from, from + spanMs);
		return { fromMs: Math.round(from), error: Math.round(error), warn: Math.round(warn), info: Math.round(info) };
	});
}

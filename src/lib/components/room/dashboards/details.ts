/** Finer histories of the part that is zoomed into: panels that share a query share one question. */
import type { SeriesTable } from '$lib/client/series-table.ts';
import type { Telemetry } from '$lib/client/telemetry.svelte.ts';

interface Stretch {
	fromAt: number;
	toAt: number;
}

const POINTS = 240;
const FINEST_MS = 1_000;
/** Asked at once; a dashboard has more queries than a server answers in one breath. */
const AT_ONCE = 3;

/**
 * The step of a finer history, milliseconds; null where the history that is open already shows the stretch as finely.
 * `latestAt` is where that one ends.
 */
export function detailStep(
	{ fromAt, toAt }: Stretch,
	open: { windowMs: number; stepMs: number },
	latestAt: number
): number | null {
	const stepMs = Math.max(FINEST_MS, Math.round((toAt - fromAt) / POINTS / 1_000) * 1_000);
	const within = fromAt >= latestAt - open.windowMs - open.stepMs;
	return within && stepMs >= open.stepMs ? null : stepMs;
}

interface Known {
	stretch: string;
	answers: Map<string, Promise<SeriesTable | null>>;
	/** The last question of each line of questions. */
	lines: Promise<unknown>[];
	asked: number;
}
const known = new WeakMap<Telemetry, Known>();

/** Null where the server refuses: the coarse history stays. */
export function detailOf(
	telemetry: Telemetry,
	query: string,
	{ fromAt, toAt }: Stretch,
	stepMs: number
): Promise<SeriesTable | null> {
	const stretch = `${fromAt} ${toAt} ${stepMs}`;
	let here = known.get(telemetry);
	if (here?.stretch !== stretch) {
		here = { stretch, answers: new Map(), lines: Array.from({ length: AT_ONCE }, () => Promise.resolve()), asked: 0 };
		known.set(telemetry, here);
	}
	const answered = here.answers.get(query);
	if (answered) return answered;
	const line = here.asked++ % AT_ONCE;
	const now = here;
	const answer = Promise.resolve(now.lines[line]).then(async () => {
		// Zoomed on in the meantime.
		if (known.get(telemetry) !== now) return null;
		return telemetry.tableOf(query, fromAt, toAt, stepMs);
	});
	now.lines[line] = answer;
	now.answers.set(query, answer);
	return answer;
}

import { fakerPools, hashString, type FakerPools, type World } from '../../world/index.ts';
import type { Site } from '../collect/instrument.ts';
import type { Truth } from '../truth-view.ts';
import type { LogPage, LogQuery, LogRecord } from '../types.ts';
import { everydayLines } from './everyday.ts';
import { RecordFilter } from './filter.ts';
import { expectedSlices, SliceCounts } from './histogram.ts';
import { lifecycleLines } from './lifecycle.ts';
import { requestLines } from './requests.ts';
import { logsRequests, sampledOneIn } from './sampling.ts';
import { stateLines } from './state-lines.ts';
import type { LineDraft, LineStream } from './stream.ts';

/** A question looks at this many lines at most, the newest first. */
const MOST_LINES = 150_000;
/** Reading the words of lines takes longer than counting them. */
const MOST_LINES_READ = 40_000;
const MOST_CALM_LINES_READ = 12_000;
const MOST_SECONDS = 6 * 3600;
/** A pattern is held against so many characters at most: about a second of work. */
const MOST_PATTERN_CHARACTERS = 8_000_000;
/** A piece of a search: lines looked at, those that are read counting for more. */
const PIECE = 4_000;
const READING = 12;
const MATCHING = 40;

/**
 * Log lines by random access: a line is a function of the truth, its service, its second and its number, so that any
 * window shows the same lines however it is reached.
 */
export class LogReader {
	readonly #sites: Site[];
	readonly #pools: FakerPools;
	readonly #sampledOneIn: number;
	#truth: Truth | null = null;
	#streams: LineStream[] = [];

	constructor(world: World) {
		const seedHash = hashString(world.seed);
		this.#sites = Object.entries(world.compiled.services).map(([name, service]) => ({
			name,
			service,
			compiled: world.compiled,
			seedHash
		}));
		this.#pools = fakerPools(world.seed);
		this.#sampledOneIn = sampledOneIn(this.#sites, world.compiled.topology.load);
	}

	/** Lines of a window that match, newest `limit` of them, oldest first. */
	page(truth: Truth, query: LogQuery): LogPage {
		const search = this.search(truth, query);
		for (;;) {
			const step = search.next();
			if (step.done) return step.value;
		}
	}

	/** The same in pieces. What was begun under one truth ends under it. */
	*search(truth: Truth, query: LogQuery): Generator<undefined, LogPage> {
		const streams = this.#streamsOf(truth).filter(
			(stream) => query.services.length === 0 || query.services.includes(stream.service)
		);
		const levels = query.levels.length === 0 ? null : new Set(query.levels);
		const filter = new RecordFilter(query);
		const found: LogRecord[] = [];
		const matches = filter.open ? null : new SliceCounts(query);
		let truncated = false;
		let searchedFromMs = query.fromMs;
		let looked = 0;
		let read = 0;
		let piece = 0;
		const first = Math.floor(query.fromMs / 1000);
		for (let second = Math.ceil(query.toMs / 1000) - 1; second >= first; second -= 1) {
			const spent = looked > MOST_LINES || read > MOST_LINES_READ || filter.matchedCharacters > MOST_PATTERN_CHARACTERS;
			if (spent || query.toMs / 1000 - second > MOST_SECONDS) {
				truncated = true;
				searchedFromMs = Math.max(searchedFromMs, (second + 1) * 1000);
				break;
			}
			const drafts: LineDraft[] = [];
			for (const stream of streams) {
				for (const draft of stream.linesIn(second)) {
					looked += 1;
					piece += 1;
					if (draft.simMs < query.fromMs || draft.simMs > query.toMs) continue;
					if ((levels === null || levels.has(draft.level)) && filter.mayPass(draft)) drafts.push(draft);
				}
			}
			drafts.sort((a, b) => b.simMs - a.simMs);
			for (const draft of drafts) {
				// One line too many shows that there are more; which they are only a count of matches needs to know.
				if (matches === null && found.length >= query.limit) {
					truncated = true;
					break;
				}
				// Lines that say "all is well" are legion; beyond the newest of them a search goes on among the others.
				if (!filter.open && draft.level === 'info' && draft.weight > 1 && read > MOST_CALM_LINES_READ) {
					truncated = true;
					searchedFromMs = Math.max(searchedFromMs, (second + 1) * 1000);
					continue;
				}
				read += 1;
				piece += query.pattern ? MATCHING : READING;
				if (!filter.open && !filter.passes(draft)) continue;
				matches?.add(draft);
				if (found.length < query.limit) found.push(draft.record(true));
				else truncated = true;
			}
			if (truncated && matches === null) break;
			if (piece > PIECE) {
				piece = 0;
				yield undefined;
			}
		}
		return {
			records: found.reverse(),
			sampledOneIn: this.#sampledOneIn,
			truncated,
			searchedFromMs,
			histogram: matches?.slices ?? expectedSlices(streams, query, levels)
		};
	}

	#streamsOf(truth: Truth): LineStream[] {
		if (this.#truth === truth) return this.#streams;
		const context = { truth, pools: this.#pools, sampledOneIn: this.#sampledOneIn };
		this.#truth = truth;
		this.#streams = this.#sites.flatMap((site) => {
			const steady = [
				...everydayLines(site.name, site.service).map((line) => ({ line, fromMs: -Infinity, untilMs: null })),
				...truth.state.logs.filter(({ line }) => line.service === site.name && line.per_minute !== undefined)
			];
			return [
				...(logsRequests(site) ? [requestLines(site, context)] : []),
				...steady.map((entry) => stateLines(site, context, entry, steady.indexOf(entry))),
				...(site.service.kind === 'vendor' ? [] : [lifecycleLines(site, context)])
			];
		});
		return this.#streams;
	}
}

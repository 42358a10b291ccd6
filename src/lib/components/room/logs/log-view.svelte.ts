/** What one reader looks at in the logs: filters, the page that answers them, and whether it follows the clock. */
import type { LogFieldFilter, LogsAnswer } from '$lib/protocol/messages.ts';
import { RANGES, type Telemetry } from '$lib/client/telemetry.svelte.ts';
import { identity, type LogRecord } from './records.ts';
import { withField } from './search.ts';

/** Levels as people ask for them. */
export const LEVELS = { error: ['error', 'fatal'], warn: ['warn'], info: ['info', 'debug'] } as const;
export type LevelName = keyof typeof LEVELS;

const LIMIT = 300;
/** A page that took long to find is not asked for again at once. */
const PACE = 9;
const SOONEST_MS = 2_000;

export class LogView {
	levels = $state.raw<readonly LevelName[]>([]);
	text = $state('');
	pattern = $state(false);
	fields = $state.raw<readonly LogFieldFilter[]>([]);
	/** Newer records come by themselves. */
	live = $state(true);
	page = $state.raw<LogsAnswer | null>(null);
	/** Newer page that waits while somebody reads further down. */
	waiting = $state.raw<LogsAnswer | null>(null);
	/** Records before those of the page. */
	older = $state.raw<readonly LogRecord[]>([]);
	problem = $state('');
	busy = $state(false);
	/** Whether the reader stands at the newest record, so that newer ones may push the others down. */
	atTop = true;
	/** Records that are open: what is being read does not move. */
	#read: readonly string[] = [];
	#telemetry: Telemetry;
	#service: () => string | null;
	#now: () => number;
	#asked = 0;
	#tookMs = 0;
	#soughtAt = 0;

	constructor(telemetry: Telemetry, service: () => string | null, now: () => number) {
		this.#telemetry = telemetry;
		this.#service = service;
		this.#now = now;
	}

	get filtered(): boolean {
		return this.levels.length > 0 || this.text.trim() !== '' || this.fields.length > 0;
	}

	/** The part of the time that is looked at, incident time: what charts are zoomed into, else the last minutes. */
	window(): { fromAt: number; toAt: number } {
		const { zoom, range } = this.#telemetry;
		return zoom ?? { fromAt: this.#now() - RANGES[range].windowMs, toAt: this.#now() };
	}

	/** How long until newer records are worth asking for, milliseconds. */
	get restMs(): number {
		return Math.max(SOONEST_MS, this.#tookMs * PACE);
	}

	toggleLevel(level: LevelName): void {
		this.levels = this.levels.includes(level) ? this.levels.filter((one) => one !== level) : [...this.levels, level];
	}

	addField(field: LogFieldFilter): void {
		this.fields = withField(this.fields, field);
	}

	removeField(field: LogFieldFilter): void {
		this.fields = this.fields.filter((one) => one !== field);
	}

	clear(): void {
		this.levels = [];
		this.fields = [];
		this.text = '';
	}

	/** Asks for the page; `anew` where the question has changed, so that what was read before is not kept. */
	async refresh(anew: boolean): Promise<void> {
		// While the clock stands still nothing newer can come.
		if (!anew && this.#now() === this.#soughtAt) return;
		const mine = ++this.#asked;
		const began = performance.now();
		this.busy = anew;
		this.#soughtAt = this.#now();
		const answer = await this.#ask(this.window(), LIMIT);
		if (mine !== this.#asked) return;
		this.#tookMs = performance.now() - began;
		this.busy = false;
		if ('code' in answer) {
			// Whoever follows the clock is asked again in a moment: the line may be down for just that.
			if (anew || answer.code !== 'too_many') this.problem = answer.message;
			return;
		}
		this.problem = '';
		if (!anew && (!this.atTop || this.#read.length > 0)) this.waiting = answer;
		else this.show(answer);
	}

	show(page: LogsAnswer): void {
		this.page = page;
		this.waiting = null;
		this.older = [];
		this.#read = [];
	}

	/** A record was opened, or closed again. */
	read(record: string, open: boolean): void {
		const others = this.#read.filter((one) => one !== record);
		this.#read = open ? [...others, record] : others;
	}

	/** Records of the waiting page that are newer than what is shown. */
	get newer(): number {
		const newest = this.page?.records.at(-1)?.at ?? 0;
		return this.waiting?.records.filter(({ at }) => at > newest).length ?? 0;
	}

	async loadOlder(): Promise<void> {
		const first = this.older[0] ?? this.page?.records[0];
		if (!first || this.busy) return;
		const mine = this.#asked;
		this.busy = true;
		const answer = await this.#ask({ fromAt: this.window().fromAt, toAt: first.at }, LIMIT);
		this.busy = false;
		if (mine !== this.#asked || 'code' in answer || !this.page) return;
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- looked up here and forgotten
		const known = new Set([...this.older, ...this.page.records].map(identity));
		this.older = [...answer.records.filter((record) => !known.has(identity(record))), ...this.older];
		if (!answer.truncated) this.page = { ...this.page, truncated: false };
	}

	#ask({ fromAt, toAt }: { fromAt: number; toAt: number }, limit: number) {
		const service = this.#service();
		return this.#telemetry.logs({
			services: service === null ? [] : [service],
			levels: this.levels.flatMap((level) => LEVELS[level]),
			text: this.text.trim(),
			pattern: this.pattern,
			fields: [...this.fields],
			fromAt: Math.max(0, fromAt),
			toAt,
			limit
		});
	}
}

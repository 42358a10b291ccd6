import type { LogFieldFilter, LogQuery, LogRecord } from '../types.ts';
import type { LogPattern } from './pattern.ts';
import type { LineDraft } from './stream.ts';

/** What a record must have, beside its service and level: fields with values, and a text or a pattern somewhere. */
export class RecordFilter {
	readonly #fields: readonly LogFieldFilter[];
	readonly #text: string;
	readonly #pattern: LogPattern | null;
	/** Whether identifiers have to be there, which take the longest to make. */
	readonly #complete: boolean;
	/** Characters that a pattern has been held against. */
	matchedCharacters = 0;

	constructor({ fields = [], text, pattern = null }: Pick<LogQuery, 'fields' | 'text' | 'pattern'>) {
		this.#fields = fields;
		this.#text = pattern === null ? text.trim().toLowerCase() : '';
		this.#pattern = pattern;
		this.#complete =
			pattern !== null ||
			/^[0-9a-f]{4,}$/.test(this.#text) ||
			this.#text.includes('_id=') ||
			this.#text.includes('req') ||
			fields.some(({ name }) => ['trace_id', 'span_id', 'request.id'].includes(name));
	}

	/** Nothing is asked beyond service and level: lines need not be read. */
	get open(): boolean {
		return this.#fields.length === 0 && this.#text === '' && this.#pattern === null;
	}

	/** Whether a line may pass, by what is known of it before its words are put together. */
	mayPass(draft: LineDraft): boolean {
		return this.#fields.every(({ name, op, value }) => {
			const known = draft.peek?.(name);
			return known === undefined || (known === value) === (op === '=');
		});
	}

	passes(draft: LineDraft): boolean {
		const record = draft.record(this.#complete);
		for (const { name, op, value } of this.#fields)
			if ((valueOf(record, name) === value) !== (op === '=')) return false;
		if (this.#pattern !== null) {
			const seen = wordsOf(record);
			this.matchedCharacters += seen.length;
			return this.#pattern.matches(seen);
		}
		return this.#text === '' || wordsOf(record).toLowerCase().includes(this.#text);
	}
}

/** The value of a field as the page names it; null where the record has none. */
function valueOf(record: LogRecord, name: string): string | null {
	switch (name) {
		case 'service':
			return record.service;
		case 'instance':
			return record.instance;
		case 'version':
			return record.version;
		case 'level':
			return record.level;
		case 'trace_id':
			return record.traceId;
		case 'span_id':
			return record.spanId;
		case 'msg':
			return record.msg;
		default:
			return record.fields[name] ?? null;
	}
}

/** Everything of a record that a reader can see, a line for each part. */
function wordsOf(record: LogRecord): string {
	let seen = `${record.msg}\nservice=${record.service}\ninstance=${record.instance}\nversion=${record.version}`;
	seen += `\ntrace_id=${record.traceId}\nspan_id=${record.spanId}`;
	for (const name in record.fields) seen += `\n${name}=${record.fields[name] ?? ''}`;
	for (const line of record.stack) seen += `\n${line}`;
	return seen;
}

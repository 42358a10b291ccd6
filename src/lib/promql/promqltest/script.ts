/** Reads a test script into commands. See the description of the language at Prometheus' `promql/promqltest`. */
import { parseDurationMs, parseNumber, unquote } from '../syntax/literal.ts';
import { parseLoad, parseSeries, type SeriesDescription } from './series.ts';

export type Matching = { readonly by: 'any' } | { readonly by: 'text' | 'regex'; readonly text: string };

export interface Expectations {
	readonly fail: readonly Matching[];
	readonly warn: readonly Matching[];
	readonly info: readonly Matching[];
	readonly noWarn: boolean;
	readonly noInfo: boolean;
	readonly ordered: boolean;
	readonly string: string | undefined;
	readonly rangeVector: Span | undefined;
	readonly scalar: number | undefined;
	readonly series: readonly SeriesDescription[];
}

export interface Span {
	readonly startMs: number;
	readonly endMs: number;
	readonly stepMs: number;
}

export type Command = { readonly line: number } & (
	| { readonly type: 'clear' }
	| {
			readonly type: 'load';
			readonly stepMs: number;
			readonly withNative: boolean;
			readonly series: readonly SeriesDescription[];
	  }
	| {
			readonly type: 'instant';
			readonly timeMs: number;
			readonly query: string;
			readonly expectations: Expectations;
	  }
	| { readonly type: 'range'; readonly span: Span; readonly query: string; readonly expectations: Expectations }
	| { readonly type: 'invalid'; readonly message: string }
);

/** The commands of a script, in order; lines that are none become commands of type `invalid`. */
export function parseScript(text: string): Command[] {
	const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
	const commands: Command[] = [];
	for (let at = 0; at < lines.length; at += 1) {
		const line = lines[at] ?? '';
		if (line === '') continue;
		const body: string[] = [];
		// A comment ends a command as an empty line does.
		if (line !== 'clear')
			while ((lines[at + 1 + body.length] ?? '') !== '') body.push(lines[at + 1 + body.length] ?? '');
		const number = at + 1;
		at += body.length;
		try {
			commands.push(parseCommand(line, body, number));
		} catch (error) {
			commands.push({ type: 'invalid', line: number, message: error instanceof Error ? error.message : String(error) });
		}
	}
	return commands;
}

function parseCommand(line: string, body: readonly string[], number: number): Command {
	if (line === 'clear') return { type: 'clear', line: number };
	const load = /^load(_with_nhcb)?\s+(\S+)$/.exec(line);
	if (load) {
		return {
			type: 'load',
			line: number,
			stepMs: time(load[2] ?? ''),
			withNative: load[1] !== undefined,
			series: parseLoad(body)
		};
	}
	const instant = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+)\s+)?(.+)$/.exec(line);
	if (instant) {
		const [, mode, at = '0s', query = ''] = instant;
		return { type: 'instant', line: number, timeMs: time(at), query, expectations: parseExpectations(mode, body) };
	}
	const range = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/.exec(line);
	if (range) {
		const [, mode, from = '', to = '', step = '', query = ''] = range;
		const span = { startMs: time(from), endMs: time(to), stepMs: time(step) };
		return { type: 'range', line: number, span, query, expectations: parseExpectations(mode, body) };
	}
	throw new Error(`unknown command: ${line}`);
}

/** A moment or duration in milliseconds; may be negative. */
function time(text: string): number {
	const negative = text.startsWith('-');
	const size = negative ? text.slice(1) : text;
	const ms = parseDurationMs(size) ?? (/^[\d.]+$/.test(size) ? Number(size) * 1000 : undefined);
	if (ms === undefined) throw new Error(`not a valid duration: ${text}`);
	return negative ? -ms : ms;
}

function parseExpectations(mode: string | undefined, body: readonly string[]): Expectations {
	const any: Matching = { by: 'any' };
	const found = {
		fail: mode === 'fail' ? [any] : ([] as Matching[]),
		warn: mode === 'warn' ? [any] : ([] as Matching[]),
		info: mode === 'info' ? [any] : ([] as Matching[]),
		noWarn: false,
		noInfo: false,
		ordered: mode === 'ordered',
		string: undefined as string | undefined,
		rangeVector: undefined as Span | undefined,
		scalar: undefined as number | undefined,
		series: [] as SeriesDescription[]
	};
	for (const line of body) {
		const old = /^expected_fail_(message|regexp)\s+(.+)$/.exec(line);
		const expect = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):\s*(.+))?$/.exec(line);
		const string = /^expect\s+string\s+(.+)$/.exec(line);
		const vector = /^expect\s+range\s+vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)$/.exec(line);
		if (old) found.fail = [{ by: old[1] === 'message' ? 'text' : 'regex', text: old[2] ?? '' }];
		else if (string) {
			const value = unquote(string[1] ?? '');
			if (!value.ok) throw new Error(value.message);
			found.string = value.value;
		} else if (vector)
			found.rangeVector = {
				startMs: time(vector[1] ?? ''),
				endMs: time(vector[2] ?? ''),
				stepMs: time(vector[3] ?? '')
			};
		else if (expect) {
			const [, kind = '', by, text] = expect;
			const matching: Matching = by === undefined ? any : { by: by === 'msg' ? 'text' : 'regex', text: text ?? '' };
			if (kind === 'ordered') found.ordered = true;
			else if (kind === 'no_warn') found.noWarn = true;
			else if (kind === 'no_info') found.noInfo = true;
			else if (kind === 'fail' || kind === 'warn' || kind === 'info') found[kind].push(matching);
		} else if (line.startsWith('expect ')) throw new Error(`unknown expectation: ${line}`);
		else {
			const number = parseNumber(line);
			if (number === undefined) found.series.push(parseSeries(line));
			else found.scalar = number;
		}
	}
	return found;
}

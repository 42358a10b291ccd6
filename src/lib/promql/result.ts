/**
 * Expected failures are values. A query that does not parse, does not type-check or touches too much is an
 * answer to whoever asked, with the place in the text it is about.
 */

/** Where in the query text something stands: character offsets [start, end), and the 1-based line and column of `start`. */
export interface Position {
	readonly start: number;
	readonly end: number;
	readonly line: number;
	readonly column: number;
}

/**
 * Codes of refusal:
 * - `parse`: the text is not PromQL.
 * - `type`: it parses, but an operand or argument has the wrong type.
 * - `execution`: it failed while evaluating (duplicate label sets, a bad regular expression, …).
 * - `limit`: it would touch too many samples, series or steps.
 * - `rule`: a rule file is not what Prometheus would read.
 * - `template`: a label or annotation template does not parse.
 */
export type ErrorCode = 'parse' | 'type' | 'execution' | 'limit' | 'rule' | 'template';

export interface PromqlError {
	readonly code: ErrorCode;
	readonly message: string;
	readonly position: Position;
	/** Set where the error lies in a rule file: `groups[0].rules[2].expr`. */
	readonly path?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PromqlError };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = <T = never>(error: PromqlError): Result<T> => ({ ok: false, error });

/** Line and column of an offset, for people: both count from one, columns in characters. */
export function positionOf(text: string, start: number, end: number): Position {
	let line = 1;
	let lineStart = 0;
	for (let at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) {
		line += 1;
		lineStart = at + 1;
	}
	return { start, end, line, column: start - lineStart + 1 };
}

/** The one exception of this room: thrown inside, caught at every public function, never seen outside. */
export class PromqlFailure extends Error {
	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly start: number,
		readonly end: number
	) {
		super(message);
	}
}

/** Runs `body` and turns a failure of ours into a value. Anything else is a broken invariant and goes on. */
export function attempt<T>(text: string, body: () => T): Result<T> {
	try {
		return ok(body());
	} catch (error) {
		// Too deep or too long for the machine: whatever was asked for, it is too much.
		if (error instanceof RangeError) {
			const message = 'query is too large to be evaluated: make it shorter, or nest it less deeply';
			return fail({ code: 'limit', message, position: positionOf(text, 0, text.length) });
		}
		if (!(error instanceof PromqlFailure)) throw error;
		return fail({ code: error.code, message: error.message, position: positionOf(text, error.start, error.end) });
	}
}

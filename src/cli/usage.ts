import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The words of a call are off; the message says how. Ends with exit code 2 and the command's usage. */
export class UsageError extends Error {}

/** What was asked for cannot be done; the message is one sentence for people. Ends with exit code 1. */
export class CommandError extends Error {
	readonly code: string;
	constructor(code: string, message: string) {
		super(message);
		this.code = code;
	}
}

/** Reads flags and positional words; an unknown flag is a usage error. */
export function readArgs<const T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
	try {
		return parseArgs({ args, options, allowPositionals: true, strict: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Prints one JSON document on standard output, where nothing else is printed. */
export function printJson(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** One line on standard error that is overwritten as work goes on; silent where nobody watches. */
export function progress(label: string): { update(share: number): void; end(): void } {
	const shown = process.stderr.isTTY;
	let last = -1;
	return {
		update(share) {
			const percent = Math.min(100, Math.round(100 * share));
			if (shown && percent !== last) process.stderr.write(`\r${label} ${percent} %`);
			last = percent;
		},
		end() {
			if (shown) process.stderr.write('\r\x1b[K');
		}
	};
}

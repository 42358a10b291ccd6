import { RE2JS } from 're2js';

/** A regular expression that people search logs with: RE2, so that no pattern takes longer than its length and the text's. */
export interface LogPattern {
	matches(text: string): boolean;
}

/** Instructions of a compiled pattern. `.{1000}` has as many; nobody writes that to read logs. */
const MOST_INSTRUCTIONS = 1_500;
const MOST_CHARACTERS = 500;

/** `^` and `$` are the ends of a line: of the message, of a `field=value`, of a frame of the stack. Errors say what is wrong. */
export function compileLogPattern(text: string): { ok: true; pattern: LogPattern } | { ok: false; message: string } {
	if (text.length > MOST_CHARACTERS)
		return { ok: false, message: `The pattern has ${text.length} characters; ${MOST_CHARACTERS} are the most.` };
	let compiled: RE2JS;
	try {
		compiled = RE2JS.compile(text, RE2JS.MULTILINE);
	} catch (error) {
		return { ok: false, message: `This is no regular expression (RE2): ${reasonOf(error)}.${hintFor(text)}` };
	}
	if (compiled.programSize() > MOST_INSTRUCTIONS)
		return { ok: false, message: 'The pattern repeats too much: use smaller numbers in its braces.' };
	return { ok: true, pattern: { matches: (seen) => compiled.test(seen) } };
}

function reasonOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	// The flag that we add is none of theirs.
	return message.replace(/^error parsing regexp: /, '').replace('(?m)', '');
}

/** What people most often mean. */
function hintFor(text: string): string {
	if (/\(\?<?[!=]/.test(text)) return ' RE2 cannot look ahead or behind.';
	if (/\\[1-9]/.test(text)) return ' RE2 has no back references.';
	if (/^[*+?]/.test(text)) return ' Put a dot before it, or search for plain text.';
	return '';
}

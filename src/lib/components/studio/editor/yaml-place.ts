/**
 * Where in a YAML text somebody writes, read off its indentation: it must also work while the text is no YAML yet, which is
 * most of the time that one types. Block style, and `{…}` or `[…]` within a line. Pure.
 */

export type YamlStep = string | number;

export interface YamlPlace {
	/** Of the map or list that holds what is written; of the value itself where `at` is `value`. */
	path: YamlStep[];
	at: 'key' | 'value';
	/** Where the word that is being written begins. */
	from: number;
	word: string;
	/** Keys that the same map has already. */
	present: string[];
}

interface Level {
	/** Column at which it begins. */
	column: number;
	step: YamlStep;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:{}[\],&*!|>'"%@`-][^:{}[\],]*?|-[^\s:][^:]*?)\s*:(?=\s|$)/;
const BLOCK_TEXT = /:\s+(?:[&!]\S+\s+)*[|>][+-]?\d*\s*(?:#.*)?$/;

/** The place at an offset of the text; null inside a comment or a block of text. */
export function placeAt(text: string, offset: number): YamlPlace | null {
	const levels: Level[] = [];
	const lines = text.split('\n');
	let start = 0;
	let hiddenBelow: number | null = null;
	for (const [number, line] of lines.entries()) {
		const last = offset <= start + line.length;
		const column = line.length - line.trimStart().length;
		const blank = line.trim() === '';
		if (hiddenBelow !== null && !blank && column <= hiddenBelow) hiddenBelow = null;
		if (hiddenBelow !== null) {
			if (last) return blank && offset - start <= hiddenBelow ? emptyPlace(levels, lines, number, offset, start) : null;
		} else if (last) {
			const before = line.slice(0, offset - start);
			if (/(^|\s)#/.test(before)) return null;
			if (before.trim() === '') return emptyPlace(levels, lines, number, offset, start);
			return writtenPlace(levels, lines, number, before, start);
		} else if (!blank && !line.trimStart().startsWith('#')) {
			enter(levels, line);
			if (BLOCK_TEXT.test(line)) hiddenBelow = levels.at(-1)?.column ?? column;
		}
		start += line.length + 1;
	}
	return null;
}

/** Takes a line into the stack of what is open; gives the column and text of what follows its dashes and key. */
function enter(levels: Level[], line: string): { column: number; rest: string; keyed: boolean } {
	let column = line.length - line.trimStart().length;
	let rest = line.slice(column);
	while (/^-(\s|$)/.test(rest)) {
		const at = column;
		// A list may stand as far left as the key it belongs to.
		const same = levels.find((level) => level.column === at && typeof level.step === 'number');
		pop(levels, (level) => level.column > at || (level.column === at && typeof level.step === 'number'));
		levels.push({ column: at, step: same && typeof same.step === 'number' ? same.step + 1 : 0 });
		const after = rest.slice(1);
		const space = after.length - after.trimStart().length;
		column += 1 + space;
		rest = after.slice(space);
	}
	const key = KEY.exec(rest);
	if (!key) return { column, rest, keyed: false };
	const at = column;
	pop(levels, (level) => level.column >= at);
	levels.push({ column: at, step: unquoted(key[1] ?? '') });
	const value = rest.slice(key[0].length);
	const space = value.length - value.trimStart().length;
	return { column: column + key[0].length + space, rest: value.slice(space), keyed: true };
}

function pop(levels: Level[], gone: (level: Level) => boolean): void {
	for (let level = levels.at(-1); level && gone(level); level = levels.at(-1)) levels.pop();
}

const unquoted = (key: string) => key.trim().replace(/^(["'])(.*)\1$/, '$2');
const pathOf = (levels: readonly Level[]) => levels.map(({ step }) => step);

/** On an empty line the column says where one is. */
function emptyPlace(
	levels: Level[],
	lines: readonly string[],
	number: number,
	offset: number,
	start: number
): YamlPlace {
	const column = offset - start;
	pop(levels, (level) => level.column >= column);
	return { path: pathOf(levels), at: 'key', from: offset, word: '', present: siblings(lines, number, column) };
}

function writtenPlace(
	levels: Level[],
	lines: readonly string[],
	number: number,
	before: string,
	start: number
): YamlPlace {
	const { column, rest, keyed } = enter(levels, before);
	const opened = rest.startsWith('{') || rest.startsWith('[');
	if (opened) return flowPlace(pathOf(levels), rest, start + column);
	const from = start + column;
	if (keyed) return { path: pathOf(levels), at: 'value', from, word: rest, present: [] };
	const inList = typeof levels.at(-1)?.step === 'number' && /^\s*-\s/.test(before);
	if (!inList) pop(levels, (level) => level.column >= column);
	return { path: pathOf(levels), at: 'key', from, word: rest, present: siblings(lines, number, column) };
}

/** Inside `{…}` and `[…]` of one line. */
function flowPlace(path: YamlStep[], text: string, base: number): YamlPlace {
	const open: { map: boolean; step: YamlStep | null; present: string[] }[] = [];
	let from = 0;
	let quote = '';
	for (let at = 0; at < text.length; at++) {
		const char = text.charAt(at);
		const inner = open.at(-1);
		if (quote !== '') {
			if (char === quote) quote = '';
		} else if ((char === '"' || char === "'") && text.slice(from, at).trim() === '') quote = char;
		else if (char === '{' || char === '[') {
			open.push({ map: char === '{', step: char === '{' ? null : 0, present: [] });
			from = at + 1;
		} else if (char === '}' || char === ']') {
			open.pop();
			from = at + 1;
		} else if (char === ',' && inner) {
			inner.step = inner.map ? null : Number(inner.step) + 1;
			from = at + 1;
		} else if (char === ':' && inner?.map && inner.step === null && /^(\s|$)/.test(text.slice(at + 1))) {
			inner.step = unquoted(text.slice(from, at));
			inner.present.push(String(inner.step));
			from = at + 1;
		}
	}
	const inner = open.at(-1);
	const steps = open.flatMap(({ step }) => (step === null ? [] : [step]));
	const word = text.slice(from).trimStart();
	const place = { from: base + text.length - word.length, word };
	return inner?.map && inner.step === null
		? { path: [...path, ...steps], at: 'key', ...place, present: inner.present }
		: { path: [...path, ...steps], at: 'value', ...place, present: [] };
}

/** Keys of the map around a line, at the same column. */
function siblings(lines: readonly string[], number: number, column: number): string[] {
	const found: string[] = [];
	for (const direction of [-1, 1]) {
		for (let at = number + direction; at >= 0 && at < lines.length; at += direction) {
			const line = lines[at] ?? '';
			if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
			// `- a: 1` holds its first key at the column after the dash; it begins this entry, or the next.
			const plain = line.replace(
				/^(\s*)((?:-\s+)+)/,
				(_whole, space: string, dashes: string) => space + ' '.repeat(dashes.length)
			);
			const own = plain.length - plain.trimStart().length;
			const begins = plain !== line;
			if (own < column || (begins && own === column && direction === 1)) break;
			if (own === column) {
				const key = KEY.exec(plain.trimStart());
				if (key) found.push(unquoted(key[1] ?? ''));
				if (begins) break;
			}
		}
	}
	return found;
}

import {
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	visit,
	type Document,
	type Node
} from 'yaml';
import type { Problem } from './problem.ts';

/** Where something stands inside parsed YAML, as zod and the lint name it. */
export type YamlPath = readonly (string | number)[];

/** A YAML file that was read: its plain value, and where each part of it stands. */
export interface YamlSource {
	file: string;
	value: unknown;
	/** Line and column of the value at `path` (of the key with `at: 'key'`), or of the nearest thing above that exists. */
	locate(path: YamlPath, at?: 'key' | 'value', offset?: number): { line: number; column: number };
	/** Line and column of a place inside the text at `path`, whose own lines and columns count from one. */
	locateIn(path: YamlPath, line: number, column: number): { line: number; column: number };
}

export type YamlRead = { ok: true; source: YamlSource } | { ok: false; problems: Problem[] };

/** Larger files are refused unread. */
export const MAX_FILE_CHARACTERS = 1024 * 1024;
/** An alias may stand for a shared snippet; hundreds of them are a bomb. */
const MAX_ALIASES = 100;
const MAX_DEPTH = 32;

/**
 * Reads one YAML document. Refuses what is too large, too deep or grows too much through aliases; never throws.
 * `firstLine` is the line of the file on which `text` begins (front matter does not begin on the first). With `asText` every
 * plain scalar is the text that was written, as Go reads YAML into strings (`1.10` stays `1.10`), and `<<` merges maps.
 */
export function readYaml(file: string, text: string, firstLine = 1, asText = false): YamlRead {
	const problem = (code: string, message: string, line = firstLine, column = 1): YamlRead => ({
		ok: false,
		problems: [{ file, line, column, code, message, severity: 'error' }]
	});
	if (text.length > MAX_FILE_CHARACTERS) {
		return problem('yaml_too_large', 'the file is larger than 1 MiB: move long texts out of it');
	}
	const deep = tooDeep(text);
	if (deep) return problem('yaml_too_deep', `nested deeper than ${MAX_DEPTH} levels: flatten it`, deep + firstLine - 1);
	const lines = new LineCounter();
	const place = (offset: number) => {
		const { line, col } = lines.linePos(Math.max(0, offset));
		return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
	};
	try {
		// Keys are checked below in linear time: the parser's own check is quadratic in the size of a map.
		const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, merge: asText, prettyErrors: false });
		if (document.errors.length > 0) {
			return {
				ok: false,
				problems: document.errors.slice(0, 20).map((error) => ({
					file,
					...place(error.pos[0]),
					code: 'yaml',
					message: `this is not valid YAML: ${error.message}`,
					severity: 'error'
				}))
			};
		}
		if (asText) keepTexts(document);
		const shape = inspect(document.contents, document, 0);
		if (shape) return problem(shape.code, shape.message, place(shape.offset).line, place(shape.offset).column);
		const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
		return {
			ok: true,
			source: {
				file,
				value,
				locate: (path, at = 'value', offset = 0) => place(offsetOf(document, path, at) + offset),
				locateIn: (path, line, column) => placeIn(document, text, path, line, column, place)
			}
		};
	} catch (error) {
		if (error instanceof RangeError) return problem('yaml_too_deep', 'nested too deeply to be read: flatten it');
		if (error instanceof ReferenceError) {
			return problem('yaml_aliases', 'aliases (*name) multiply too far: write the repeated parts out');
		}
		return problem('yaml', `this is not valid YAML: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** A flow or compact nesting far beyond any scenario, seen before the recursive parser meets it: its line, or null. */
function tooDeep(text: string): number | null {
	let depth = 0;
	let line = 1;
	for (let at = 0; at < text.length; at++) {
		const char = text.charCodeAt(at);
		if (char === 10) line += 1;
		else if (char === 91 || char === 123) depth += 1;
		else if (char === 93 || char === 125) depth = Math.max(0, depth - 1);
		// Brackets also occur in prose, unbalanced perhaps, so the bound is generous.
		if (depth > 1_000) return line;
	}
	const compact = /^[ \t]*(?:[-?] ){33,}/m.exec(text);
	return compact ? text.slice(0, compact.index).split('\n').length : null;
}

/** Numbers, booleans and dates as they were written; what is null stays null. */
function keepTexts(document: Document): void {
	visit(document, {
		Scalar(_key, node) {
			if (typeof node.value !== 'string' && node.value !== null && node.source !== undefined) node.value = node.source;
		}
	});
}

interface Shape {
	code: string;
	message: string;
	offset: number;
}

/** Depth and duplicate keys. */
function inspect(node: unknown, document: Document, depth: number): Shape | null {
	if (!isNode(node)) return null;
	const offset = node.range?.[0] ?? 0;
	if (depth > MAX_DEPTH)
		return { code: 'yaml_too_deep', message: `nested deeper than ${MAX_DEPTH} levels: flatten it`, offset };
	if (isMap(node)) {
		const seen = new Set<string>();
		for (const { key, value } of node.items) {
			const keyOffset = isNode(key) ? (key.range?.[0] ?? offset) : offset;
			if (!isScalar(key)) return { code: 'yaml_key', message: 'keys must be plain text', offset: keyOffset };
			const name = String(key.value);
			if (seen.has(name))
				return { code: 'yaml_duplicate_key', message: `"${name}" is written twice here: keep one`, offset: keyOffset };
			seen.add(name);
			const found = inspect(value, document, depth + 1);
			if (found) return found;
		}
	} else if (isSeq(node)) {
		for (const item of node.items) {
			const found = inspect(item, document, depth + 1);
			if (found) return found;
		}
	}
	return null;
}

function placeIn(
	document: Document,
	text: string,
	path: YamlPath,
	line: number,
	column: number,
	place: (offset: number) => { line: number; column: number }
): { line: number; column: number } {
	const start = offsetOf(document, path, 'value');
	const node: unknown = document.getIn(path, true);
	const type = isScalar(node) ? node.type : undefined;
	if (type === 'PLAIN' || type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') return place(start + column - 1);
	if (type !== 'BLOCK_LITERAL') return place(start);
	// The text of a block begins on the line after its mark, indented.
	let from = text.indexOf('\n', start) + 1;
	const indent = /^ */.exec(text.slice(from))?.[0].length ?? 0;
	for (let i = 1; i < line; i++) from = text.indexOf('\n', from) + 1;
	return place(from + indent + column - 1);
}

function offsetOf(document: Document, path: YamlPath, at: 'key' | 'value'): number {
	let node: Node | null = isNode(document.contents) ? document.contents : null;
	let best = node?.range?.[0] ?? 0;
	for (const [index, step] of path.entries()) {
		if (isAlias(node)) node = node.resolve(document) ?? null;
		let keyOffset: number | null = null;
		let next: unknown = null;
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
			if (!pair) return best;
			keyOffset = isNode(pair.key) ? (pair.key.range?.[0] ?? null) : null;
			next = pair.value;
		} else if (isSeq(node)) {
			next = node.items[Number(step)];
		}
		const last = index === path.length - 1;
		const child: Node | null = isNode(next) ? next : null;
		// A collection is best pointed at by its key, a scalar by itself.
		if (keyOffset !== null && ((last && at === 'key') || !isScalar(child))) best = keyOffset;
		else if (child?.range) best = child.range[0] + (isScalar(child) && /^QUOTE/.test(child.type ?? '') && last ? 1 : 0);
		if (!child) return best;
		node = child;
	}
	return best;
}

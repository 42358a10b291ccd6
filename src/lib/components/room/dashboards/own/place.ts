/** Where in a query something is wrong, for people: lines and columns count from one. Pure. */

export function placeOf(text: string, offset: number): string {
	const before = text.slice(0, offset).split('\n');
	return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The line with a caret under the place; a long line is cut around it. */
export function caretAt(text: string, offset: number, width = 60): string {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const end = text.indexOf('\n', offset);
	const line = text.slice(start, end < 0 ? undefined : end);
	const column = offset - start;
	const from = column > width - 10 ? column - Math.floor(width / 2) : 0;
	const cut = line.slice(from, from + width);
	const before = from > 0 ? '…' : '';
	const after = from + width < line.length ? '…' : '';
	return `${before}${cut}${after}\n${' '.repeat(before.length + column - from)}^`;
}

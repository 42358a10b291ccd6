/** A Markdown file that begins with YAML between two lines of `---`. */
export interface FrontMatter {
	yaml: string;
	/** Line of the file on which the YAML begins. */
	firstLine: number;
	body: string;
}

/** Splits the front matter off; null where the file does not begin with it or it is never closed. */
export function splitFrontMatter(text: string): FrontMatter | null {
	const normal = text.replace(/\r\n/g, '\n').replace(/^\uFEFF/, '');
	if (!normal.startsWith('---\n')) return null;
	const close = /^---[ \t]*$/gm;
	close.lastIndex = 4;
	const end = close.exec(normal);
	if (!end) return null;
	return { yaml: normal.slice(4, end.index), firstLine: 2, body: normal.slice(end.index + end[0].length).trim() };
}

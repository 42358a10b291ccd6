/** Completion of metric names, and the place of a mistake under its query. Pure. */

/** The name that ends at the caret. */
export function wordAt(text: string, caret: number): string {
	return /[a-zA-Z_:][a-zA-Z0-9_:]*$/u.exec(text.slice(0, caret))?.[0] ?? '';
}

const MOST = 8;

/** Families whose name begins with the word, then those that hold it. A name that is complete suggests nothing. */
export function complete<T extends { name: string }>(families: readonly T[], word: string): T[] {
	const sought = word.toLowerCase();
	const holding = families.filter(({ name }) => name.toLowerCase().includes(sought) && name !== word);
	const begins = holding.filter(({ name }) => name.toLowerCase().startsWith(sought));
	return [...begins, ...holding.filter((one) => !begins.includes(one))].slice(0, MOST);
}

/** The line of the query that an error points at (`2:7: …`), with a caret under the place; null where it names none. */
export function caretOf(query: string, problem: string): string | null {
	const place = /(?:^|\s)(\d+):(\d+)(?=:)/u.exec(problem);
	if (!place) return null;
	const line = query.split('\n')[Number(place[1]) - 1];
	const column = Number(place[2]);
	if (line === undefined || column < 1 || column > line.length + 1) return null;
	return `${line}\n${' '.repeat(column - 1)}^`;
}

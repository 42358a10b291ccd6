/** A line as a shell splits it: quotes hold words together, pipes lead into filters. */

export interface ShellLine {
	words: string[];
	/** What follows the first pipe, one list of words per filter. */
	filters: string[][];
}

/** Splits a line; null where a quote stays open. */
export function splitLine(line: string): ShellLine | null {
	const segments: string[][] = [[]];
	let word = '';
	let open: string | null = null;
	let begun = false;
	const end = () => {
		if (begun) segments.at(-1)?.push(word);
		word = '';
		begun = false;
	};
	const plain = line.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
	for (let i = 0; i < plain.length; i += 1) {
		const letter = plain[i] ?? '';
		if (open !== null) {
			if (letter === open) open = null;
			else if (letter === '\\' && open === '"' && i + 1 < plain.length) word += plain[(i += 1)] ?? '';
			else word += letter;
		} else if (letter === '"' || letter === "'") {
			open = letter;
			begun = true;
		} else if (letter === '|') {
			end();
			segments.push([]);
		} else if (/\s/.test(letter)) end();
		else {
			word += letter;
			begun = true;
		}
	}
	if (open !== null) return null;
	end();
	const [words = [], ...filters] = segments;
	return { words, filters };
}

/** Flags and the rest of a command. Flags in `valued` take the next word unless they hold an `=`. */
export interface Args {
	rest: string[];
	flags: Map<string, string>;
	/** Words after `--`. */
	after: string[] | null;
}

export function readArgs(words: readonly string[], valued: ReadonlySet<string>): Args {
	const rest: string[] = [];
	const flags = new Map<string, string>();
	for (let i = 0; i < words.length; i += 1) {
		const word = words[i] ?? '';
		if (word === '--') return { rest, flags, after: words.slice(i + 1) };
		if (!word.startsWith('-') || word === '-') {
			rest.push(word);
			continue;
		}
		const at = word.indexOf('=');
		if (at > 0) flags.set(word.slice(0, at), word.slice(at + 1));
		else if (valued.has(word)) flags.set(word, words[(i += 1)] ?? '');
		else if (/^-[a-zA-Z]\d+$/.test(word) && valued.has(word.slice(0, 2))) flags.set(word.slice(0, 2), word.slice(2));
		else flags.set(word, '');
	}
	return { rest, flags, after: null };
}

/** Value of the first flag that is there. */
export function flag({ flags }: Args, ...names: string[]): string | undefined {
	for (const name of names) {
		const value = flags.get(name);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** `10m`, `90s`, `1h30m` in milliseconds; null where it is no length of time. */
export function lengthOf(text: string): number | null {
	if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return null;
	const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
	let sum = 0;
	for (const [, value, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) sum += Number(value) * units[unit as 's'];
	return sum;
}

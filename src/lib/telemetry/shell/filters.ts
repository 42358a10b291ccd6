/** The filters that a pipe may lead into: grep, head, tail, wc, sort. Refusals are sentences. */

export type Filtered = { ok: true; text: string } | { ok: false; message: string };

const KNOWN = 'after a pipe: grep, head, tail, wc -l, sort';

/** Whether all filters are understood; the sentence that says why not. */
export function checkFilters(filters: readonly (readonly string[])[]): string | null {
	for (const words of filters) {
		const run = filterOf(words);
		if (typeof run === 'string') return run;
	}
	return null;
}

export function applyFilters(text: string, filters: readonly (readonly string[])[]): string {
	let lines = text.replace(/\n$/, '').split('\n');
	for (const words of filters) {
		const run = filterOf(words);
		if (typeof run !== 'string') lines = run(lines);
	}
	return lines.join('\n');
}

function filterOf(words: readonly string[]): ((lines: string[]) => string[]) | string {
	const [name = '', ...args] = words;
	const switches = args.filter((arg) => arg.startsWith('-'));
	const rest = args.filter((arg) => !arg.startsWith('-'));
	switch (name) {
		case 'grep':
		case 'egrep': {
			const letters = switches.join('').replace(/-/g, '');
			const text = rest[0];
			if (text === undefined) return 'grep: say what to look for.';
			if (/[^ivcEFn]/.test(letters)) return `grep: of its switches -i, -v, -c and -E are known here.`;
			const ignore = letters.includes('i');
			// Alternatives are what people use most; the rest of a pattern is taken as it is written.
			const parts = (letters.includes('F') ? [text] : text.split(/\\?\|/)).map((part) =>
				ignore ? part.toLowerCase() : part
			);
			const holds = (line: string) =>
				parts.some((part) => part !== '' && (ignore ? line.toLowerCase() : line).includes(part));
			const invert = letters.includes('v');
			return (lines) => {
				const kept = lines.filter((line) => holds(line) !== invert);
				return letters.includes('c') ? [String(kept.length)] : kept;
			};
		}
		case 'head':
		case 'tail': {
			const given = /-?n?\s*(\d+)/.exec(args.join(' '))?.[1];
			const n = given === undefined ? 10 : Number(given);
			return (lines) => (name === 'head' ? lines.slice(0, n) : n === 0 ? [] : lines.slice(-n));
		}
		case 'wc':
			return switches.includes('-l')
				? (lines) => [String(lines.filter((line) => line !== '').length)]
				: 'wc: only wc -l.';
		case 'sort':
			return (lines) => {
				const sorted = [...lines].sort();
				return switches.includes('-r') ? sorted.reverse() : sorted;
			};
		default:
			return name === '' ? `Nothing follows the pipe; ${KNOWN}.` : `${name} is not known here; ${KNOWN}.`;
	}
}

/** Words of a text by which two texts are compared: without stop words, cut to their stems. Crude, and told so where shown. */

const STOP = new Set(
	'a an and are as at be because been before being but by can did do does for from had has have how if in into is it its more not of on only or our out over so than that the their them then there these they this to too under until up was we were what when which while who why will with would after also any all about against again both each few further just most no nor now off once other same some such very'.split(
		' '
	)
);

/** Names of services, versions and the like say more than ordinary words. */
const NAME_LIKE = /[\d_]|[a-z]-[a-z]/;

export function keywords(text: string): Set<string> {
	const found = text.toLowerCase().match(/[\p{L}\d][\p{L}\d_.-]*[\p{L}\d]|[\p{L}\d]/gu) ?? [];
	return new Set(found.flatMap((word) => parts(word)).filter((word) => word.length > 1 && !STOP.has(word)));
}

/** A name with hyphens counts as a whole and by its parts. */
function parts(word: string): string[] {
	const whole = NAME_LIKE.test(word) ? [word] : [];
	return [...whole, ...word.split(/[-_.]/).map(stem)];
}

function stem(word: string): string {
	if (word.length <= 4 || /\d/.test(word)) return word;
	return word
		.replace(/(?:ations?|ments?|ness)$/, '')
		.replace(/(?:ies|ied)$/, 'y')
		.replace(/(?:ing|ed|es|s|ly)$/, '')
		.replace(/([^aeiouls])\1$/, '$1')
		.replace(/e$/, '');
}

/** Share of one set's words that stand in the other, 0..1, and which; name-like words count twice. */
export function overlap(wanted: ReadonlySet<string>, given: ReadonlySet<string>): { share: number; words: string[] } {
	const weight = (word: string): number => (NAME_LIKE.test(word) ? 2 : 1);
	const sum = (words: Iterable<string>): number => [...words].reduce((total, word) => total + weight(word), 0);
	const words = [...wanted].filter((word) => given.has(word));
	const all = sum(wanted);
	return { share: all === 0 ? 0 : sum(words) / all, words };
}

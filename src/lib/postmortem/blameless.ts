/**
 * Marks phrases that blame a person or judge with hindsight, and says how else it could be put. It never blocks: people know
 * better than words do. Where in doubt it keeps silent, since a mark on every line is read by nobody.
 */

export interface BlameMark {
	/** Place in the text, in UTF-16 units. */
	start: number;
	end: number;
	phrase: string;
	kind: 'hindsight' | 'blame' | 'name';
	/** One sentence: what to write instead. */
	suggestion: string;
}

interface Rule {
	words: RegExp;
	kind: BlameMark['kind'];
	suggestion: string;
}

/** Participles that do not end in -ed, as they follow "should have". */
const PARTICIPLE =
	'(?:been|\\w{2,}ed|done|gone|known|seen|caught|found|thought|taken|told|read|run|set|put|kept|made|had|held|shown|spoken|understood|written|chosen|begun|given|asked|paid|sent|spent|brought|come|noticed)';
/** People, by what a sentence calls them. */
const PERSON =
	'(?:he|she|they|we|i|you|nobody|no[ -]one|somebody|someone|engineers?|developers?|operators?|admins?|commander|lead|scribe|responders?|on-?call|team|staff|manager|colleague|person|people|who)';
/** What only people fail to do. */
const HUMAN_VERB =
	'(?:notice|check|verify|follow|read|reali[sz]e|communicate|escalate|test|review|consider|inform|ask|tell|update|document|mention|think|understand|recogni[sz]e|look|see|anticipate|foresee|prepare|act|do|catch|spot|remember|announce|declare|acknowledge)';

const CONDITIONS = 'Say what was known at that moment, and what would have made the better step easy.';

const RULES: readonly Rule[] = [
	{
		words: new RegExp(`\\b(?:should|ought to|could)(?:n['’]t| not)? have ${PARTICIPLE}\\b`, 'gi'),
		kind: 'hindsight',
		suggestion: `This judges with what is known now. ${CONDITIONS}`
	},
	{
		words: /\b(?:in|with|with the benefit of) hindsight\b|\bif only\b/gi,
		kind: 'hindsight',
		suggestion: `Hindsight makes it look plain. ${CONDITIONS}`
	},
	{
		words:
			/\bobviously\b|\bit was obvious\b|\bclearly should\b|\bcommon sense\b|\ball (?:they|he|she|we) had to do\b/gi,
		kind: 'hindsight',
		suggestion: 'It was not plain then. Say which signal was there, and where it could be seen.'
	},
	{
		words: new RegExp(
			`\\b${PERSON}(?: [\\w'’-]+){0,3}? failed to\\b|\\bfailed to ${HUMAN_VERB}\\b|\\bfailure (?:of|by) (?:the )?${PERSON} to\\b`,
			'gi'
		),
		kind: 'blame',
		suggestion: 'Say what happened instead of what did not, and what made that the likely step.'
	},
	{
		words: /\b(?:human|user|operator|pilot|engineer)[ -]errors?\b/gi,
		kind: 'blame',
		suggestion: 'A slip is where asking begins: say what in the system let one slip reach customers.'
	},
	{
		words:
			/\bcareless(?:ly|ness)?\b|\bnegligen(?:t|tly|ce)\b|\bsloppy\b|\bsloppiness\b|\breckless(?:ly)?\b|\blazy\b|\blaziness\b|\bincompeten(?:t|ce)\b|\bstupid(?:ly|ity)?\b|\bdumb\b|\bidiot(?:ic)?\b|\birresponsibl[ey]\b|\binattenti(?:ve|on)\b/gi,
		kind: 'blame',
		suggestion: 'This describes a person. Describe the conditions: time, tools, signals, what the documents said.'
	},
	{
		words: new RegExp(
			`\\b(?:(?:forgot|neglected) to|(?:did ?n['’]t|did not) bother|to blame|blamed? (?:on|for)|(?:his|her|their|my|your|our) (?:own )?(?:mistake|fault|error)|made (?:a|an|the) (?:[\\w-]+ )?(?:mistake|error)|(?:was|is|were|are) at fault|knew better)\\b`,
			'gi'
		),
		kind: 'blame',
		suggestion: 'Leave out who. Say what the step was, why it made sense then, and what would catch it next time.'
	}
];

const ERROR_WORDS =
	'(?:broke|crashed|caused|forgot|missed|ignored|overlooked|mistakes?|errors?|faults?|blame[ds]?|wrong(?:ly)?|failed|messed|screwed|mis-?(?:read|typed|configured|understood|judged)|panicked|neglected|botched)';

/** Marks in reading order; marks that overlap are one. `names` are those of the people who took part. */
export function blameMarks(text: string, names: readonly string[] = []): BlameMark[] {
	const found = [...RULES, ...namesRule(names)].flatMap(({ words, kind, suggestion }) =>
		[...text.matchAll(words)].map((match) => ({
			start: match.index,
			end: match.index + match[0].length,
			phrase: match[0],
			kind,
			suggestion
		}))
	);
	return found
		.sort((one, other) => one.start - other.start || other.end - one.end)
		.filter((mark, index, all) => !all.slice(0, index).some((before) => before.end > mark.start));
}

/** A name beside an error, in one clause. Names are told from words by their capitals. */
function namesRule(names: readonly string[]): Rule[] {
	const known = [...new Set(names.flatMap((name) => [name.trim(), name.trim().split(/\s+/)[0] ?? '']))]
		.filter((name) => name.length >= 2 && /^\p{Lu}/u.test(name) && !/^(Muster|Host)$/.test(name))
		.sort((one, other) => other.length - one.length)
		.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	if (known.length === 0) return [];
	const name = `(?:${known.join('|')})`;
	// No `i`: "will" is a word, "Will" a name.
	const errors = ERROR_WORDS;
	return [
		{
			words: new RegExp(
				`(?<![\\p{L}\\d@])${name}(?:['’]s)?(?: [^\\s.,;:!?]+){0,2}? ${errors}(?![\\p{L}\\d])|(?<![\\p{L}\\d])${errors} (?:by|of|because of|was|is) ${name}(?:['’]s)?(?![\\p{L}\\d])`,
				'gu'
			),
			kind: 'name',
			suggestion: 'A name stands beside an error. Name the role, the tool or the document, not the person.'
		}
	];
}

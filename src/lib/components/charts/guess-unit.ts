/**
 * The unit of a query's answer as its names tell it: `rate(…_bytes_total[5m])` is bytes per second, a quantile of
 * `…_seconds_bucket` is seconds, one rate over another is a share. Reads names and signs, not meaning: people can choose
 * another. Pure.
 */
import type { Unit } from './units.ts';

export function guessUnit(query: string): Unit {
	return ofExpression(withoutDetails(query));
}

/** Without what says nothing about units: comments, matchers, groupings. Ranges stay as `[]`. */
function withoutDetails(query: string): string {
	return query
		.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/gu, '""')
		.replace(/#.*$/gmu, ' ')
		.replace(/\{[^}]*\}/gu, '')
		.replace(/\[[^\]]*\]/gu, '[]')
		.replace(/\b(by|without|on|ignoring|group_left|group_right)\s*(\([^)]*\))?/giu, ' ')
		.replace(/\boffset\s+-?[\w.]+|@\s*[\w.]+(\(\))?/giu, ' ')
		.trim();
}

function ofExpression(text: string): Unit {
	const inner = unwrapped(text);
	// A comparison, a union or a sum is measured as its first part is.
	const [first = ''] = splitAt(inner, /^(==|!=|>=|<=|>|<|\band\b|\bor\b|\bunless\b|\bbool\b)/iu);
	const [term = '', ...terms] = splitAt(first, /^[+-](?!\s*$)/u).filter((part) => part.trim() !== '');
	const [measured = '', ...rest] = [term, ...terms].filter((part) => !isNumber(part));
	const unit = ofProduct(measured);
	// The time between two moments.
	return unit === 'date' && rest.some((part) => ofProduct(part) === 'date') ? 'seconds' : unit;
}

function ofProduct(text: string): Unit {
	const [top = '', ...below] = splitAt(text, /^\//u);
	const factors = splitAt(top, /^\*/u);
	const named = factors.find((one) => !isNumber(one)) ?? top;
	const scale = factors.filter(isNumber).reduce((product, one) => product * Number(one.trim()), 1);
	const unit =
		splitAt(named, /^[/*]/u).length > 1 || named.trim().startsWith('(') ? ofExpression(named) : ofTerm(named);
	const divisors = below.filter((one) => !isNumber(one));
	const result = divisors.length === 0 ? unit : divided(unit, ofExpression(divisors[0] ?? ''), divisors[0] ?? '');
	if (result === 'ratio' && scale === 100) return 'percent';
	if (result === 'seconds' && scale === 1000) return 'milliseconds';
	return result;
}

function divided(top: Unit, below: Unit, divisor: string): Unit {
	if (top === below) return 'ratio';
	// A rate of seconds over a rate of how many is the mean of seconds; over how many there may be it is a share.
	if (top === 'cores') return below === 'rps' ? 'seconds' : 'ratio';
	if (top === 'bytesRate' && below === 'rps') return 'bytes';
	if (/_(max|limit|limits|total|size|capacity)\w*\s*\)*$/u.test(divisor)) return top === 'count' ? 'ratio' : top;
	if (below === 'count') return top;
	return 'none';
}

/** A name, or a function or aggregation of something. */
function ofTerm(text: string): Unit {
	const term = unwrapped(text);
	const call = /^([a-z_]\w*)\s*\(/iu.exec(term);
	if (!call) return ofName(term);
	const inside = term.slice(call[0].length, closing(term, call[0].length - 1));
	const argument = splitAt(inside, /^,/u);
	const last = argument.at(-1) ?? '';
	switch (call[1]?.toLowerCase()) {
		case 'rate':
		case 'irate':
		case 'deriv':
			return perSecond(ofName(inside));
		case 'increase':
		case 'delta':
		case 'idelta':
			return ofName(inside);
		case 'histogram_quantile':
			// Of what its buckets measure, however they are summed up.
			return ofName(/\w+_bucket\b/u.exec(last)?.[0] ?? '');
		case 'count':
		case 'count_values':
		case 'changes':
		case 'resets':
		case 'absent':
		case 'absent_over_time':
		case 'present_over_time':
		case 'count_over_time':
			return 'count';
		case 'time':
		case 'timestamp':
			return 'date';
		case 'label_replace':
		case 'label_join':
		case 'clamp':
		case 'clamp_max':
		case 'clamp_min':
		case 'round':
		case 'holt_winters':
		case 'predict_linear':
			return ofExpression(argument[0] ?? '');
		default:
			return ofExpression(last);
	}
}

/** What a counter of this counts each second. */
function perSecond(unit: Unit): Unit {
	if (unit === 'seconds') return 'cores';
	if (unit === 'bytes') return 'bytesRate';
	return 'rps';
}

function ofName(text: string): Unit {
	const name = text.replace(/\[\]/gu, '').trim();
	// A bucket counts requests, but a quantile of buckets is of what they measure; so is a sum of what was measured.
	const base = name.replace(/_(bucket|total|sum)$/u, '');
	if (/_count$/u.test(name)) return 'count';
	if (/timestamp_seconds$|_expiry$/u.test(base)) return 'date';
	if (/_milliseconds$|_ms$/u.test(base)) return 'milliseconds';
	if (/_seconds$/u.test(base)) return 'seconds';
	if (/_bytes$/u.test(base)) return 'bytes';
	if (/(_|:)(ratio|share|fraction|success)(_|:|$)/u.test(base) || /ratio_rate/u.test(base)) return 'ratio';
	if (/_percent$/u.test(base)) return 'percent';
	if (/_cores$/u.test(base)) return 'cores';
	return 'count';
}

const isNumber = (text: string) => /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/iu.test(text);

/** Where the bracket that opens at `open` closes; the end where it does not. */
function closing(text: string, open: number): number {
	let depth = 0;
	for (let i = open; i < text.length; i++) {
		if (text[i] === '(') depth++;
		else if (text[i] === ')' && --depth === 0) return i;
	}
	return text.length;
}

function unwrapped(text: string): string {
	let inner = text.trim();
	while (inner.startsWith('(') && closing(inner, 0) === inner.length - 1) inner = inner.slice(1, -1).trim();
	return inner;
}

/** The parts between signs that stand outside of all brackets. `sign` is matched at each place. */
function splitAt(text: string, sign: RegExp): string[] {
	const parts: string[] = [];
	let depth = 0;
	let from = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === '(') depth++;
		else if (char === ')') depth--;
		if (depth !== 0 || char === ')') continue;
		// A word such as `or` begins where a word begins.
		if (/\w/u.test(char ?? '') && /\w/u.test(text[i - 1] ?? '')) continue;
		const found = sign.exec(text.slice(i));
		if (!found) continue;
		parts.push(text.slice(from, i));
		i += found[0].length - 1;
		from = i + 1;
	}
	parts.push(text.slice(from));
	return parts;
}

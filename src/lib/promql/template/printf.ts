/** Go's `fmt`: as much of it as templates use. */
import { formatE, formatF, formatG } from '../goFloat.ts';
import { isList, QuerySample, typeName, type TemplateValue } from './value.ts';

/** A value as `%v` prints it. */
export function display(value: TemplateValue): string {
	if (value === null) return '<nil>';
	if (typeof value === 'number') return formatG(value);
	if (value instanceof QuerySample) return `&{${display(value.labels)} ${formatG(value.value)}}`;
	if (isList(value)) return `[${value.map(display).join(' ')}]`;
	if (value instanceof Map) {
		const map: ReadonlyMap<string, TemplateValue> = value;
		return `map[${[...map.keys()]
			.sort()
			.map((key) => `${key}:${display(map.get(key) ?? null)}`)
			.join(' ')}]`;
	}
	return String(value);
}

/** Go's `fmt.Sprint`: a space between neighbours where neither is a string. */
export function sprint(values: readonly TemplateValue[]): string {
	let out = '';
	values.forEach((value, at) => {
		if (at > 0 && typeof value !== 'string' && typeof values[at - 1] !== 'string') out += ' ';
		out += display(value);
	});
	return out;
}

const verb = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(.)/gsu;

/** Go's `fmt.Sprintf`, with Go's marks where verb and value do not fit: `%!d(float64=0.5)`. */
export function sprintf(format: string, values: readonly TemplateValue[]): string {
	let next = 0;
	const take = (): TemplateValue | undefined => values[next++];
	const takeSize = (text: string | undefined): number | undefined => {
		if (text !== '*') return text === undefined ? undefined : Math.min(Number(text), 1000);
		const value = take();
		return typeof value === 'bigint' ? Math.min(Number(value), 1000) : undefined;
	};
	const out = format.replace(
		verb,
		(whole, flags: string, widthText: string | undefined, precisionText: string | undefined, letter: string) => {
			if (letter === '%') return '%';
			const width = takeSize(widthText);
			const precision = takeSize(precisionText) ?? (/\.[^0-9*]$/su.test(whole) ? 0 : undefined);
			const value = take();
			if (value === undefined) return `%!${letter}(MISSING)`;
			return pad(formatVerb(letter, value, flags, precision), width, flags);
		}
	);
	const extra = values.slice(next);
	return extra.length > 0 && next <= values.length
		? `${out}%!(EXTRA ${extra.map((value) => `${typeName(value)}=${display(value)}`).join(', ')})`
		: out;
}

function pad(text: string, width: number | undefined, flags: string): string {
	if (width === undefined || text.length >= width) return text;
	if (flags.includes('-')) return text.padEnd(width);
	if (!flags.includes('0')) return text.padStart(width);
	const sign = /^[+-]/.exec(text)?.[0] ?? '';
	return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function formatVerb(letter: string, value: TemplateValue, flags: string, precision: number | undefined): string {
	const signed = (text: string) => (flags.includes('+') && !/^[+-]/.test(text) ? `+${text}` : text);
	if (letter === 'v')
		return typeof value === 'number' && precision !== undefined
			? signed(formatG(value, precision))
			: signed2(display(value), value, signed);
	if (letter === 'T') return typeName(value);
	if (typeof value === 'number') {
		if (letter === 'f' || letter === 'F') return signed(formatF(value, precision ?? 6));
		if (letter === 'e' || letter === 'E')
			return signed(letter === 'E' ? formatE(value, precision ?? 6).toUpperCase() : formatE(value, precision ?? 6));
		if (letter === 'g' || letter === 'G') return signed(formatG(value, precision ?? -1));
	}
	if (typeof value === 'bigint') {
		if (letter === 'd') return signed(value.toString());
		if (letter === 'x') return value.toString(16);
		if (letter === 'X') return value.toString(16).toUpperCase();
		if (letter === 'o') return value.toString(8);
		if (letter === 'b') return value.toString(2);
		if (letter === 'c') return String.fromCodePoint(Number(value));
	}
	if (typeof value === 'string') {
		if (letter === 's') return precision === undefined ? value : [...value].slice(0, precision).join('');
		if (letter === 'q') return JSON.stringify(value);
		if (letter === 'x')
			return [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	}
	if (typeof value === 'boolean' && letter === 't') return String(value);
	if (letter === 's' && (isList(value) || value instanceof Map)) return display(value);
	return value === null ? `%!${letter}(<nil>)` : `%!${letter}(${typeName(value)}=${display(value)})`;
}

function signed2(text: string, value: TemplateValue, signed: (text: string) => string): string {
	return typeof value === 'number' || typeof value === 'bigint' ? signed(text) : text;
}

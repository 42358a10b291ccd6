/** What the functions of a template do. A thrown error's message becomes part of the rendered text. */
import { RE2JS } from 're2js';
import { expand } from '../eval/labelFunction.ts';
import { naturalOrder } from '../eval/naturalOrder.ts';
import { parseDurationMs, parseNumber } from '../syntax/literal.ts';
import { equals, isLess } from './compare.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp } from './humanize.ts';
import { display, sprint, sprintf } from './printf.ts';
import { isList, isTrue, QuerySample, typeName, type TemplateValue } from './value.ts';

/** What a template may ask of the world around it. */
export interface TemplateHost {
	/** The vector a PromQL expression gives now. Throws an error with a message where it does not. */
	query(expression: string): readonly QuerySample[];
	readonly timeMs: number;
	readonly externalUrl: string;
}

/** An argument of the wrong type, by its place. Go finds it before the call. */
export class WrongArgument extends Error {
	constructor(
		readonly index: number,
		readonly wanted: string,
		got: string
	) {
		super(`wrong type for value; expected ${wanted}; got ${got}`);
	}
}

/** Functions that take exactly so many arguments; the others take any number. */
export const arity: Readonly<Record<string, number>> = {
	...Object.fromEntries(['pathPrefix', 'externalURL', 'now'].map((name) => [name, 0])),
	...Object.fromEntries(
		[
			...[
				'not',
				'len',
				'query',
				'first',
				'value',
				'strvalue',
				'title',
				'toUpper',
				'toLower',
				'stripPort',
				'stripDomain'
			],
			...['safeHtml', 'urlQueryEscape', 'graphLink', 'tableLink', 'toTime', 'toDuration', 'parseDuration'],
			...['humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp']
		].map((name) => [name, 1])
	),
	...Object.fromEntries(
		['ne', 'lt', 'le', 'gt', 'ge', 'label', 'sortByLabel', 'match', 'join'].map((name) => [name, 2])
	),
	reReplaceAll: 3
};

type TemplateFunction = (args: readonly TemplateValue[], host: TemplateHost) => TemplateValue;

const at = (args: readonly TemplateValue[], index: number): TemplateValue => {
	const value = args[index];
	if (value === undefined) throw new Error(`wrong number of args: want at least ${index + 1} got ${args.length}`);
	return value;
};
const text = (args: readonly TemplateValue[], index: number): string => {
	const value = at(args, index);
	if (typeof value !== 'string') throw new WrongArgument(index, 'string', typeName(value));
	return value;
};
const number = (args: readonly TemplateValue[], index: number): number => {
	const value = at(args, index);
	if (typeof value === 'number') return value;
	if (typeof value === 'bigint') return Number(value);
	const parsed = typeof value === 'string' ? parseNumber(value) : undefined;
	if (parsed === undefined)
		throw new Error(
			typeof value === 'string'
				? `strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`
				: `can't convert ${typeName(value)} to float`
		);
	return parsed;
};
const samples = (args: readonly TemplateValue[], index: number): readonly QuerySample[] => {
	const value = at(args, index);
	if (!isList(value) || !value.every((one): one is QuerySample => one instanceof QuerySample))
		throw new Error(`wrong type for value; expected template.queryResult; got ${typeName(value)}`);
	return value;
};
const sample = (args: readonly TemplateValue[], index: number): QuerySample => {
	const value = at(args, index);
	if (!(value instanceof QuerySample))
		throw new Error(`wrong type for value; expected *template.sample; got ${typeName(value)}`);
	return value;
};

function regex(pattern: string): RE2JS {
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		throw new Error(`regexp: Compile(${JSON.stringify(pattern)}): ${error instanceof Error ? error.message : ''}`, {
			cause: error
		});
	}
}

function replaceAll(pattern: string, replacement: string, subject: string): string {
	const compiled = regex(pattern);
	const matcher = compiled.matcher(subject);
	let out = '';
	let from = 0;
	while (matcher.find()) {
		out += subject.slice(from, matcher.start());
		out += expand(
			replacement,
			Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? ''),
			compiled.namedGroups()
		);
		from = matcher.end();
	}
	return out + subject.slice(from);
}

function index(args: readonly TemplateValue[]): TemplateValue {
	let value = at(args, 0);
	for (const key of args.slice(1)) {
		if (value instanceof Map) value = (value as ReadonlyMap<string, TemplateValue>).get(String(key)) ?? '';
		else if (isList(value) || typeof value === 'string') {
			const place = typeof key === 'bigint' ? Number(key) : -1;
			if (place < 0 || place >= value.length) throw new Error(`index out of range: ${display(key)}`);
			value = typeof value === 'string' ? BigInt(value.charCodeAt(place)) : (value[place] ?? null);
		} else throw new Error(`can't index item of type ${typeName(value)}`);
	}
	return value;
}

function slice(args: readonly TemplateValue[]): TemplateValue {
	const value = at(args, 0);
	const bounds = args.slice(1).map((bound) => (typeof bound === 'bigint' ? Number(bound) : -1));
	if (!isList(value) && typeof value !== 'string') throw new Error(`can't slice item of type ${typeName(value)}`);
	const [from = 0, to = value.length] = bounds;
	if (from < 0 || to < from || to > value.length) throw new Error('index out of range');
	return value.slice(from, to);
}

const escapeHtml = (value: string) =>
	value.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[c] ?? c);
const path = (expression: string, tab: number) =>
	`/graph?g0.expr=${encodeURIComponent(expression).replaceAll('%20', '+')}&g0.tab=${tab}`;

export const functionTable: Readonly<Record<string, TemplateFunction>> = {
	not: (args) => !isTrue(at(args, 0)),
	eq: (args) => equals(at(args, 0), args.slice(1)),
	ne: (args) => !equals(at(args, 0), [at(args, 1)]),
	lt: (args) => isLess(at(args, 0), at(args, 1)),
	le: (args) => isLess(at(args, 0), at(args, 1)) || equals(at(args, 0), [at(args, 1)]),
	gt: (args) => isLess(at(args, 1), at(args, 0)),
	ge: (args) => isLess(at(args, 1), at(args, 0)) || equals(at(args, 0), [at(args, 1)]),
	len: (args) => {
		const value = at(args, 0);
		if (typeof value === 'string') return BigInt(new TextEncoder().encode(value).length);
		if (isList(value)) return BigInt(value.length);
		if (value instanceof Map) return BigInt(value.size);
		throw new Error(`len of type ${typeName(value)}`);
	},
	index,
	slice,
	print: sprint,
	printf: (args) => sprintf(text(args, 0), args.slice(1)),
	println: (args) => `${args.map(display).join(' ')}\n`,
	html: (args) => escapeHtml(sprint(args)),
	js: (args) => JSON.stringify(sprint(args)).slice(1, -1),
	urlquery: (args) => encodeURIComponent(sprint(args)).replaceAll('%20', '+'),
	urlQueryEscape: (args) => encodeURIComponent(text(args, 0)).replaceAll('%20', '+'),
	safeHtml: (args) => text(args, 0),
	query: (args, host) => host.query(text(args, 0)),
	first: (args) => {
		const [one] = samples(args, 0);
		if (!one) throw new Error('first() called on vector with no elements');
		return one;
	},
	label: (args) => sample(args, 1).labels.get(text(args, 0)) ?? '',
	value: (args) => sample(args, 0).value,
	strvalue: (args) => sample(args, 0).labels.get('__value__') ?? '',
	args: (args) => new Map(args.map((value, place) => [`arg${place}`, value])),
	sortByLabel: (args) => {
		const name = text(args, 0);
		return [...samples(args, 1)].sort((a, b) =>
			naturalOrder(String(a.labels.get(name) ?? ''), String(b.labels.get(name) ?? ''))
		);
	},
	reReplaceAll: (args) => replaceAll(text(args, 0), text(args, 1), text(args, 2)),
	match: (args) => regex(text(args, 0)).matcher(text(args, 1)).find(),
	title: (args) =>
		text(args, 0).replace(
			/(^|[^\p{L}\p{N}_])(\p{L})/gu,
			(_whole, before: string, letter: string) => before + letter.toUpperCase()
		),
	toUpper: (args) => text(args, 0).toUpperCase(),
	toLower: (args) => text(args, 0).toLowerCase(),
	join: (args) => {
		const list = at(args, 1);
		if (!isList(list)) throw new Error(`wrong type for value; expected []string; got ${typeName(list)}`);
		return list.map(display).join(text(args, 0));
	},
	stripPort: (args) => text(args, 0).replace(/^\[?([^\]]*?)\]?:\d+$/, '$1'),
	stripDomain: (args) => stripDomain(text(args, 0)),
	graphLink: (args) => path(text(args, 0), 0),
	tableLink: (args) => path(text(args, 0), 1),
	pathPrefix: () => '',
	externalURL: (_args, host) => host.externalUrl,
	now: (_args, host) => host.timeMs / 1000,
	toTime: (args) => humanizeTimestamp(number(args, 0)),
	toDuration: (args) => humanizeDuration(number(args, 0)),
	parseDuration: (args) => {
		const ms = parseDurationMs(text(args, 0));
		if (ms === undefined) throw new Error(`not a valid duration string: ${JSON.stringify(text(args, 0))}`);
		return ms / 1000;
	},
	humanize: (args) => humanize(number(args, 0)),
	humanize1024: (args) => humanize1024(number(args, 0)),
	humanizeDuration: (args) => humanizeDuration(number(args, 0)),
	humanizePercentage: (args) => humanizePercentage(number(args, 0)),
	humanizeTimestamp: (args) => humanizeTimestamp(number(args, 0))
};

/** The host without its domain; addresses stay as they are. */
function stripDomain(hostPort: string): string {
	const [, host = hostPort, port = ''] = /^(.*?)(:\d+)?$/.exec(hostPort) ?? [];
	if (/^[\d.]+$/.test(host) || host.includes(':') || host.startsWith('[')) return hostPort;
	return (host.split('.')[0] ?? host) + port;
}

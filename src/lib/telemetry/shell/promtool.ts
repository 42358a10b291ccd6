import { evaluateInstant, parse } from '../../promql/index.ts';
import { look, SECOND, wrong, type Program, type Reading, type ShellView } from './types.ts';

/** One PromQL query at this moment: `promtool query instant '…'`, with or without the server's address. */

const MOST_SERIES = 60;
const LIMITS = { maxSamples: 300_000 };

export const promtool: Program = {
	examples: () => ["promtool query instant 'sum by (service) (rate(http_requests_total[1m]))'"],
	read(words, compiled): Reading {
		const [what, kind, ...rest] = words;
		if (what !== 'query' || kind !== 'instant')
			return wrong(
				"Known here: promtool query instant '<PromQL>'. Ranges are drawn in Dashboards.",
				promtool.examples(compiled)
			);
		const given = rest.filter((word) => !word.startsWith('-'));
		const text = (given.length > 1 && /^https?:/.test(given[0] ?? '') ? given.slice(1) : given).join(' ');
		return query(text);
	},
	next: (before) => (before.length === 0 ? ['query instant'] : [])
};

/** `promql <expression>`, for those who type less. */
export const promql: Program = {
	examples: () => [],
	read: (words) => query(words.join(' '))
};

function query(text: string): Reading {
	if (text === '') return wrong("Give a query: promtool query instant 'up'.");
	const parsed = parse(text);
	if (!parsed.ok) {
		const { message, position } = parsed.error;
		return wrong(`query error: ${position.line}:${position.column}: ${message}`);
	}
	return look(`promql ${text}`, 'dashboard', (view) => answer(view, text), SECOND);
}

function answer(view: ShellView, text: string): string {
	const parsed = parse(text);
	if (!parsed.ok) return parsed.error.message;
	const result = evaluateInstant(parsed.value, view.observation.queryable(view.state, view.nowMs), view.nowMs, LIMITS);
	if (!result.ok) return `query error: ${result.error.message}`;
	const { value } = result.value;
	const at = ((view.world.compiled.startsAt + view.nowMs) / 1_000).toFixed(0);
	switch (value.type) {
		case 'scalar':
			return `scalar: ${value.value} @[${at}]`;
		case 'string':
			return `string: ${value.value}`;
		case 'vector': {
			if (value.samples.length === 0) return '(no series)';
			const lines = value.samples
				.slice(0, MOST_SERIES)
				.map(({ labels, value: sample }) => `${named(labels)} => ${sample} @[${at}]`);
			return [
				...lines,
				...(value.samples.length > MOST_SERIES ? [`# ${value.samples.length - MOST_SERIES} more series`] : [])
			].join('\n');
		}
		case 'matrix':
			return `# ${value.series.length} series of a range: ask for a rate of it, or look at it in Dashboards`;
	}
}

function named(labels: Readonly<Record<string, string>>): string {
	const { __name__: name = '', ...rest } = labels;
	const list = Object.entries(rest)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([label, value]) => `${label}="${value}"`);
	return `${name}{${list.join(', ')}}`;
}

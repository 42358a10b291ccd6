/** A ready panel's query as one's own: shared queries are about all services, this one about the panel's. Pure. */
import type { PanelInfo } from '$lib/protocol/messages.ts';

/** Adds the panel's labels to every selector: `rate(a_total[1m])` becomes `rate(a_total{service="api"}[1m])`. */
export function ownQuery({ query, where }: Pick<PanelInfo, 'query' | 'where'>): string {
	const matchers = Object.entries(where).map(([name, value]) => `${name}="${value}"`);
	if (matchers.length === 0) return query;
	const added = matchers.join(',');
	return query.replace(
		/("(?:\\.|[^"\\])*")|\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|([A-Za-z_:][\w:]*)(\s*\{([^}]*)\})?(?!\s*\(|\s+(?:by|without)\b|\w)/gu,
		(whole, quoted?: string, grouping?: string, name?: string, braces?: string, inside?: string) => {
			if (quoted !== undefined || grouping !== undefined || name === undefined) return whole;
			// Without matchers a word is a metric only where it is none of the language's own.
			if (braces === undefined && WORDS.has(name)) return whole;
			return `${name}{${[inside?.trim(), added].filter(Boolean).join(',')}}`;
		}
	);
}

/** Operators and modifiers that stand where a metric could, and units of durations. */
const WORDS = new Set([
	'or',
	'and',
	'unless',
	'bool',
	'offset',
	'by',
	'without',
	'on',
	'ignoring',
	'group_left',
	'group_right',
	'm',
	's',
	'h',
	'd',
	'w',
	'y',
	'ms',
	'inf',
	'nan',
	'Inf',
	'NaN'
]);

/** Looks a rule over that compiles: what in it will not do what it looks like. */
import { parse } from '../parse.ts';
import type { CompiledRule } from '../rules/compile.ts';
import { compileTemplate } from '../template/expand.ts';
import { carriedBy } from './carried.ts';
import { hasCondition, lintExpression } from './expression.ts';
import type { KnownMetrics, Remark } from './known.ts';
import { lintTemplate, queriesOf } from './template.ts';
import { unitOf } from './unit.ts';

export interface LintOptions {
	/** How often samples are taken. Milliseconds. */
	readonly scrapeIntervalMs: number;
	readonly known?: KnownMetrics;
}

export function lintRule(rule: CompiledRule, { scrapeIntervalMs, known }: LintOptions): Remark[] {
	const { root } = rule.query;
	const remarks: Remark[] = lintExpression(root, scrapeIntervalMs, known).map((found) => ({ ...found, field: 'expr' }));
	if (rule.type === 'record') return remarks;
	if (!hasCondition(root))
		remarks.push({
			code: 'always_fires',
			message: 'there is no condition: this fires for every series that there is; compare it with something',
			field: 'expr',
			start: root.start,
			end: root.end
		});
	const subject = { carried: carriedBy(root, known), own: new Set(Object.keys(rule.labels)), unit: unitOf(root) };
	for (const [part, texts] of [
		['labels', rule.labels],
		['annotations', rule.annotations]
	] as const) {
		for (const [name, text] of Object.entries(texts)) {
			const template = compileTemplate(text);
			if (!template.ok) continue;
			const field = `${part}.${name}`;
			remarks.push(...lintTemplate(template.value, subject).map((found) => ({ ...found, field })));
			if (known) remarks.push(...unknownInQueries(text, template.value, field, scrapeIntervalMs, known));
		}
	}
	return remarks;
}

/** Metrics that the queries of a template ask for and nobody has. */
function unknownInQueries(
	text: string,
	template: Parameters<typeof queriesOf>[0],
	field: string,
	scrapeIntervalMs: number,
	known: KnownMetrics
): Remark[] {
	const remarks: Remark[] = [];
	for (const asked of queriesOf(template)) {
		const query = parse(asked.text);
		if (!query.ok) continue;
		for (const found of lintExpression(query.value.root, scrapeIntervalMs, known)) {
			if (found.code !== 'unknown_metric' && found.code !== 'unknown_label') continue;
			const name = asked.text.slice(found.start, found.end).split('{')[0] ?? '';
			const start = Math.max(0, text.indexOf(name));
			remarks.push({ ...found, field, start, end: start + name.length });
		}
	}
	return remarks;
}

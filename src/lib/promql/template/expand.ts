/** Templates of alert labels and annotations: `$labels`, `$value` and the rest, and what a failure renders as. */
import { attempt, positionOf, type Result } from '../result.ts';
import type { Labels } from '../series.ts';
import type { Template } from './ast.ts';
import { execute } from './execute.ts';
import type { TemplateHost } from './functions.ts';
import { parseTemplate } from './parser.ts';
import { TemplateFailure, type TemplateValue } from './value.ts';

export interface AlertTemplateData {
	readonly labels: Labels;
	readonly value: number;
	readonly externalLabels: Labels;
}

const variables = ['labels', 'externalLabels', 'externalURL', 'value'] as const;

/** Parses a label or annotation template; a refusal gives the place in its text. */
export function compileTemplate(text: string): Result<Template> {
	return attempt(text, () => parseTemplate(text, variables));
}

export function toMap(labels: Labels): ReadonlyMap<string, TemplateValue> {
	return new Map(Object.entries(labels));
}

/** The expanded text; where that fails, what Prometheus shows instead. */
export function expandTemplate(template: Template, name: string, data: AlertTemplateData, host: TemplateHost): string {
	if (template.nodes.every((node) => node.type === 'text') && template.defined.size === 0)
		return template.nodes.map((node) => (node.type === 'text' ? node.text : '')).join('');
	const labels = toMap(data.labels);
	const externalLabels = toMap(data.externalLabels);
	const dot: TemplateValue = new Map<string, TemplateValue>([
		['Labels', labels],
		['ExternalLabels', externalLabels],
		['ExternalURL', host.externalUrl],
		['Value', data.value]
	]);
	try {
		return execute(template, dot, { labels, externalLabels, externalURL: host.externalUrl, value: data.value }, host);
	} catch (error) {
		if (!(error instanceof TemplateFailure)) throw error;
		const { line, column } = positionOf(template.text, error.start, error.start);
		return `<error expanding template: error executing template ${name}: template: ${name}:${line}:${column}: executing ${JSON.stringify(name)}: ${error.message}>`;
	}
}

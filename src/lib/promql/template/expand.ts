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

/** What Prometheus declares before a rule's template, so that `$labels` and the others are there. */
const declarations =
	'{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}';
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
		const { line, column } = positionOf(template.text, error.at, error.at);
		// Go counts columns from nought, and on the first line what Prometheus puts before every template.
		const place = `${name}:${line}:${column - 1 + (line === 1 ? declarations.length : 0)}`;
		const part = template.text.slice(error.start, error.end).replace(/\s+/g, ' ').trim();
		const at = part === '' ? '' : ` at <${part}>`;
		return `<error expanding template: error executing template ${name}: template: ${place}: executing ${JSON.stringify(name)}${at}: ${error.message}>`;
	}
}

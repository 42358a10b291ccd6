/**
 * The authoring guide, as Markdown: a way from an idea to a proven scenario, and a reference that is made from the schema, so
 * that it cannot go stale. The same text stands in scenarios/AUTHORING.md and in the app.
 */
import { jsonSchemas } from '../json-schema.schema.ts';
import { commandFields } from '../policy.schema.ts';
import { starterFiles } from '../starter/starter.ts';
import { INTRODUCTION } from './introduction.ts';
import { definitionsOf, effectOf, fieldLines, tableOf, topFields } from './reference.ts';

export interface MetricLine {
	name: string;
	type: string;
	help: string;
	/** Archetypes on which a service has it from the beginning. */
	on: string[];
	/** What a service needs to have it. */
	comesWith: string;
}

/** An archetype, as an author chooses from it. */
export interface SystemLines {
	id: string;
	about: string;
	services: { name: string; kind: string; about: string; exports: readonly string[]; calls: readonly string[] }[];
}

/** `metrics` are those that can be asked for; they are known to another room. */
export function guideMarkdown(metrics: readonly MetricLine[], systems: readonly SystemLines[]): string {
	const schemas = jsonSchemas();
	const scenario = schemas['scenario.schema.json'] ?? {};
	const starter = starterFiles('slow-carts', 'shop');
	return [
		'<!-- Written by `muster schema` from src/lib/scenario: change it there. -->',
		INTRODUCTION,
		'## Reference: how things are written',
		'Wherever the tables below name one of these, it is written like this.',
		...definitionsOf(scenario).map(({ name, about }) => `- **${name}**: ${about}`),
		'',
		'## Reference: `scenario.yaml`',
		'Fields in the order in which a scenario usually has them; `[]` is an entry of a list, `*` any name of your own.',
		'### What it is called, and for whom it is',
		tableOf(
			topFields(scenario)
				.filter(({ field, name }) => isPlain(field, name))
				.map(({ line }) => line)
		),
		...topFields(scenario)
			.filter(({ field, name }) => !isPlain(field, name))
			.flatMap(({ name, field, line }) => [
				`### \`${name}\``,
				tableOf([line, ...fieldLines(scenario, field, name)]),
				...excerpt(starter['scenario.yaml'] ?? '', name)
			]),
		'### Effects',
		'An effect moves one metric in one shape. Effects of a state hold while the fault is in it; those of a mitigation `during` it, or from its end on (`after`).',
		tableOf(fieldLines(scenario, effectOf(scenario))),
		'### Commands of `ideal`',
		'`do:` holds one of these, with the fields that it names (`?`: may be left out). Ids that a run gives are written as names: of an alert its name, of a question who asked.',
		...commandFields().map(
			({ type, fields }) =>
				`- \`${type}\`${fields.length > 0 ? `: ${fields.map((field) => `\`${field}\``).join(', ')}` : ''}`
		),
		'',
		'## Reference: `rules.yaml`',
		'A rule file as Prometheus has it. Rules of the topology (`scenarios/_topologies/<base>.rules.yaml`) come first; yours may use what they record.',
		fenced('yaml', starter['rules.yaml'] ?? ''),
		'### What can be asked for',
		'Metrics as a Prometheus that scrapes every 15 s holds them; a histogram has `_bucket`, `_sum` and `_count`. Each carries `service` and `instance`, and what else fits it (`version`, `endpoint`, `status`, …): *Dashboards* in any run complete their names and labels.',
		metricTable(metrics),
		'## Reference: `runbooks/<id>.md`',
		'Markdown that begins with these fields between two lines of `---`.',
		tableOf(
			topFields(schemas['runbook.schema.json'] ?? {}).flatMap(({ name, field, line }) => [
				line,
				...fieldLines(schemas['runbook.schema.json'] ?? {}, field, name)
			])
		),
		fenced('markdown', starter['runbooks/error-share.md'] ?? ''),
		'## Reference: the systems',
		'Services of each archetype, for `topology.services`. Dependencies are those that hold between listed services unless you write your own.',
		...systems.flatMap((system) => [`### \`${system.id}\``, system.about.trim(), serviceTable(system)]),
		'## Reference: topologies',
		'A file under `scenarios/_topologies`; `topology.override` of a scenario takes the fields of one service.',
		tableOf(
			topFields(schemas['topology.schema.json'] ?? {}).flatMap(({ name, field, line }) => [
				line,
				...fieldLines(schemas['topology.schema.json'] ?? {}, field, name)
			])
		)
	]
		.join('\n\n')
		.replace(/\n\n(- )/g, (_whole, dash: string) => `\n${dash}`)
		.replace(/([^\n])\n- \*\*Slug\*\*/, '$1\n\n- **Slug**')
		.concat('\n');
}

function metricTable(metrics: readonly MetricLine[]): string {
	const everywhere = Math.max(1, ...metrics.map(({ on }) => on.length));
	const rows = metrics.map(({ name, type, help, on, comesWith }) => {
		const where = on.length === everywhere ? 'all' : on.length === 0 ? 'none from the beginning' : on.join(', ');
		return `| \`${name}\` | ${type} | ${help.replaceAll('|', '\\|')} | ${comesWith} | ${where} |`;
	});
	return ['| metric | type | what it is | comes with | on |', '|---|---|---|---|---|', ...rows].join('\n');
}

function serviceTable({ services }: SystemLines): string {
	const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
	const rows = services.map(
		({ name, kind, about, exports, calls }) =>
			`| \`${name}\` | ${kind} | ${about.trim().replaceAll('|', '\\|')} | ${exports.join(', ')} | ${code(calls)} |`
	);
	return ['| service | kind | what it is for | exports | calls |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** Fields that one line says everything about. */
function isPlain(field: Parameters<typeof fieldLines>[1], name: string): boolean {
	return fieldLines({}, field, name).length === 0 && !['hints', 'restored'].includes(name) && !field.$ref;
}

/** What the starter has of a field. */
function excerpt(text: string, field: string): string[] {
	const lines = text.split('\n');
	const from = lines.findIndex((line) => line.startsWith(`${field}:`));
	if (from < 0) return [];
	let to = from + 1;
	while (to < lines.length && /^(\s|-)/.test(lines[to] ?? '')) to += 1;
	const shown = lines.slice(from, to);
	// A line says nothing that the table does not.
	return shown.length < 2
		? []
		: [fenced('yaml', shown.slice(0, MOST_LINES).join('\n') + (shown.length > MOST_LINES ? '\n  # …' : ''))];
}

const MOST_LINES = 24;

function fenced(language: string, text: string): string {
	return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

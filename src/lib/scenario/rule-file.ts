import type { RuleFileData } from './library.ts';
import { nearest } from './nearest.ts';
import { sortProblems, type Problem } from './problem.ts';
import { MAX_FILE_CHARACTERS, readYaml, type YamlPath, type YamlSource } from './yaml-source.ts';

/**
 * A Prometheus rule file as Prometheus reads it: which fields there are, and that each holds what it should. Expressions,
 * durations and templates are the promql room's to read. What cannot be read is left out of `data`, so that the rest of a
 * broken file can be checked in the same go.
 */
export interface RuleFileReading {
	/** Null where nothing could be read at all. */
	readonly source: YamlSource | null;
	readonly data: RuleFileData;
	readonly problems: readonly Problem[];
}

const GROUP_FIELDS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];
const RULE_FIELDS = ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
/** So many broken lines are reported; a file with more is hardly a rule file. */
const MOST_BROKEN_LINES = 20;

/** Reads a rule file. Never throws for what an author wrote. */
export function readRuleFile(file: string, text: string): RuleFileReading {
	const { source, problems } = readAround(file, text);
	if (source === null) return { source, data: { groups: [] }, problems };
	const reader = new Reader(source);
	const data = reader.file(source.value);
	// What stands on a line that broke the YAML was emptied, so that nothing more can be said of it.
	const said = reader.problems.filter(({ line }) => !problems.some((broken) => broken.line === line));
	return { source, data, problems: sortProblems([...problems, ...said]) };
}

/** Reads YAML; a line that breaks it is reported, and read around. */
function readAround(file: string, text: string): { source: YamlSource | null; problems: Problem[] } {
	const problems: Problem[] = [];
	const lines = text.length > MAX_FILE_CHARACTERS ? null : text.split('\n');
	for (;;) {
		const read = readYaml(file, lines?.join('\n') ?? text, 1, true);
		if (read.ok) return { source: read.source, problems };
		const [first, ...others] = read.problems;
		const line = first && lines ? (lines[first.line - 1] ?? '') : '';
		const mendable = first?.code === 'yaml' && lines && line.trim() !== '' && problems.length < MOST_BROKEN_LINES;
		if (!mendable) return { source: null, problems: [...problems, ...(first ? [first] : []), ...others] };
		problems.push({ ...first, message: `${firstSentence(first.message)}${hint(line)}` });
		lines[first.line - 1] = withoutValue(line);
	}
}

function firstSentence(message: string): string {
	return message.split('\n')[0] ?? message;
}

function hint(line: string): string {
	if (/^\s*(?:- )?[\w.-]+:\s*"/.test(line))
		return ': the text in quotes ends before the line does; write \\" for a quote inside it, or the text as a block (|-)';
	if (/^\s*\t/.test(line)) return ': indent with spaces';
	if (/^\s*(?:- )?[\w.-]+:\s*[{[%@`]/.test(line)) return ': put the text in quotes';
	return '';
}

/** The line with its key alone, or nothing of it. */
function withoutValue(line: string): string {
	const key = /^\s*(?:- )?[\w.-]+:(?=\s)/.exec(line)?.[0];
	return key === undefined || key === line.trimEnd() ? '' : `${key} ""`;
}

type Fields = Record<string, unknown>;

class Reader {
	readonly problems: Problem[] = [];

	constructor(private readonly source: YamlSource) {}

	file(value: unknown): RuleFileData {
		const fields = this.fields(value, [], ['groups'], 'a rule file');
		const groups = this.list(fields?.groups, ['groups']).flatMap((group, at) => this.group(group, ['groups', at]));
		groups.forEach(({ name }, at) => {
			if (groups.findIndex((other) => other.name === name) === at) return;
			this.wrong(['groups', at, 'name'], 'duplicate', `groupname: "${name}" is repeated in the same file`);
		});
		return { groups: groups.filter(({ name }, at) => groups.findIndex((other) => other.name === name) === at) };
	}

	private group(value: unknown, path: YamlPath): RuleFileData['groups'] {
		const fields = this.fields(value, path, GROUP_FIELDS, 'a group');
		if (!fields) return [];
		const name = this.text(fields.name, [...path, 'name']);
		if (name === undefined || name === '') {
			this.wrong(path, 'schema', 'Groupname must not be empty');
			return [];
		}
		const limit = this.text(fields.limit, [...path, 'limit']);
		if (limit !== undefined && !/^\d{1,9}$/.test(limit))
			this.wrong([...path, 'limit'], 'schema', `limit must be a whole number, not "${limit}"`);
		const group: RuleFileData['groups'][number] & Fields = { name, rules: [] };
		for (const field of ['interval', 'query_offset'] as const) {
			const duration = this.duration(fields[field], [...path, field]);
			if (duration !== undefined) group[field] = duration;
		}
		if (limit !== undefined && /^\d{1,9}$/.test(limit)) group.limit = Number(limit);
		const labels = this.texts(fields.labels, [...path, 'labels']);
		if (labels) group.labels = labels;
		group.rules = this.list(fields.rules, [...path, 'rules']).map(
			// A rule that cannot be read keeps its place, so that others are found where they stand.
			(rule, at) => this.rule(rule, [...path, 'rules', at]) ?? {}
		);
		return [group];
	}

	private rule(value: unknown, path: YamlPath): Record<string, unknown> | undefined {
		const fields = this.fields(value, path, RULE_FIELDS, 'a rule');
		if (!fields) return undefined;
		const rule: Record<string, unknown> = {};
		for (const field of ['record', 'alert', 'expr'] as const) {
			const text = this.text(fields[field], [...path, field]);
			if (text !== undefined) rule[field] = text;
		}
		for (const field of ['for', 'keep_firing_for'] as const) {
			const duration = this.duration(fields[field], [...path, field]);
			if (duration !== undefined) rule[field] = duration;
		}
		for (const field of ['labels', 'annotations'] as const) {
			const texts = this.texts(fields[field], [...path, field]);
			if (texts) rule[field] = texts;
		}
		return rule;
	}

	/** A map with no fields but these. */
	private fields(value: unknown, path: YamlPath, known: readonly string[], what: string): Fields | undefined {
		if (value === null || typeof value !== 'object' || Array.isArray(value)) {
			this.wrong(path, 'schema', `expected ${what} with ${known.join(', ')}`);
			return undefined;
		}
		for (const name of Object.keys(value)) {
			if (known.includes(name)) continue;
			const near = nearest(name, known);
			const advice = near === null ? `${what} has ${known.join(', ')}` : `did you mean "${near}"?`;
			this.wrong([...path, name], 'unknown_field', `there is no field "${name}" here: ${advice}`, 'key');
		}
		return value as Fields;
	}

	private list(value: unknown, path: YamlPath): readonly unknown[] {
		if (value === undefined || value === null) return [];
		if (Array.isArray(value)) return value;
		this.wrong(path, 'schema', 'expected a list: each item begins with "- "');
		return [];
	}

	private text(value: unknown, path: YamlPath): string | undefined {
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'string') return value;
		this.wrong(path, 'schema', 'expected text here');
		return undefined;
	}

	private duration(value: unknown, path: YamlPath): string | undefined {
		const text = this.text(value, path);
		if (text === undefined || /^(0|(\d+(ms|[smhdwy]))+)$/.test(text)) return text;
		this.wrong(path, 'schema', `not a valid duration string: "${text}": expected a duration such as 30s, 2m or 1h30m`);
		return undefined;
	}

	private texts(value: unknown, path: YamlPath): Record<string, string> | undefined {
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'object' || Array.isArray(value)) {
			this.wrong(path, 'schema', 'expected names with texts, one `name: text` per line');
			return undefined;
		}
		const texts: Record<string, string> = {};
		for (const [name, text] of Object.entries(value)) {
			if (text === null) texts[name] = '';
			else if (typeof text === 'string') texts[name] = text;
			else this.wrong([...path, name], 'schema', `${name} must be text: put it in quotes if it begins with { or [`);
		}
		return texts;
	}

	private wrong(path: YamlPath, code: string, message: string, at: 'key' | 'value' = 'value'): void {
		const { file } = this.source;
		this.problems.push({ file, ...this.source.locate(path, at), code, message, severity: 'error' });
	}
}

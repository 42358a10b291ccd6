import type { z } from 'zod';
import { splitFrontMatter } from './front-matter.ts';
import type { RuleFileData } from './library.ts';
import type { Problem } from './problem.ts';
import { readRuleFile } from './rule-file.ts';
import { runbookSchema, type Runbook } from './runbook.schema.ts';
import { scenarioSchema, type Scenario } from './scenario.schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { topologySchema, type Topology } from './topology.schema.ts';
import { MAX_FILE_CHARACTERS, readYaml, type YamlSource } from './yaml-source.ts';

/** A file that was read and is of the right shape, with the places of its parts. */
export interface Parsed<T> {
	value: T;
	source: YamlSource;
}

export type Reading<T> = { ok: true; parsed: Parsed<T> } | { ok: false; problems: Problem[] };

export const readScenario = (file: string, text: string): Reading<Scenario> => readWith(scenarioSchema, file, text);
export const readTopology = (file: string, text: string): Reading<Topology> => readWith(topologySchema, file, text);

/** A rule file without a fault of form. */
export function readRules(file: string, text: string): Reading<RuleFileData> {
	const { source, data, problems } = readRuleFile(file, text);
	if (source === null || problems.length > 0) return { ok: false, problems: [...problems] };
	return { ok: true, parsed: { value: data, source } };
}

/** A runbook's front matter and, apart from it, its Markdown. */
export function readRunbook(file: string, text: string): Reading<Runbook & { body: string }> {
	const front = text.length > MAX_FILE_CHARACTERS ? { yaml: text, firstLine: 1, body: '' } : splitFrontMatter(text);
	if (!front) {
		const message = 'a runbook begins with front matter: YAML between two lines of ---';
		return { ok: false, problems: [{ file, line: 1, column: 1, code: 'front_matter', message, severity: 'error' }] };
	}
	const reading = readWith(runbookSchema, file, front.yaml, front.firstLine);
	if (!reading.ok) return reading;
	const { value, source } = reading.parsed;
	return { ok: true, parsed: { value: { ...value, body: front.body }, source } };
}

/** Any YAML file by its schema. */
export function readWith<T>(schema: z.ZodType<T>, file: string, text: string, firstLine = 1): Reading<T> {
	const read = readYaml(file, text, firstLine);
	if (!read.ok) return read;
	const checked = schema.safeParse(read.source.value);
	if (checked.success) return { ok: true, parsed: { value: checked.data, source: read.source } };
	return { ok: false, problems: schemaProblems(read.source, checked.error.issues) };
}

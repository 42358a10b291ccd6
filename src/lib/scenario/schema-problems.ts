import type { z } from 'zod';
import type { Problem } from './problem.ts';
import type { YamlPath, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** Turns what a validator says into problems at their places in the file. `base` is where the validated part stands. */
export function schemaProblems(source: YamlSource, issues: readonly Issue[], base: YamlPath = []): Problem[] {
	return issues.flatMap((issue) => {
		const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
		const where = path.length === 0 ? '' : `${pathText(path)}: `;
		if (issue.code === 'unrecognized_keys') {
			return issue.keys.map((key) => ({
				file: source.file,
				...source.locate([...path, key], 'key'),
				code: 'unknown_field',
				message: `${where}${strayField(source, path, key)}`,
				severity: 'error' as const
			}));
		}
		const offset = issue.code === 'custom' && typeof issue.params?.offset === 'number' ? issue.params.offset : 0;
		return [
			{
				file: source.file,
				...source.locate(path, issue.code === 'invalid_key' ? 'key' : 'value', offset),
				code: issue.code === 'custom' && issue.params?.offset !== undefined ? 'condition' : 'schema',
				message: `${where}${wording(issue)}`,
				severity: 'error' as const
			}
		];
	});
}

/** A field that the format does not have. Words without a value are the rest of a text: YAML ends one inside braces at its first comma. */
function strayField(source: YamlSource, path: YamlPath, key: string): string {
	let holder: unknown = source.value;
	for (const step of [...path, key]) holder = (holder as Record<string | number, unknown> | null)?.[step];
	return holder === null && /\s/.test(key)
		? `a text inside { } ends at a comma, and "${key}" comes after one: put the whole text in quotes`
		: `there is no field "${key}" here: check its spelling and indentation`;
}

/** `faults[0].states.outage.next[1].when` */
export function pathText(path: YamlPath): string {
	return path.reduce<string>(
		(text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
		''
	);
}

function wording(issue: Issue): string {
	if (issue.code === 'invalid_key') return issue.issues.map((inner) => inner.message).join('; ');
	if (issue.code === 'invalid_type' && issue.input === undefined) return `this field is missing (${issue.expected})`;
	return issue.message;
}

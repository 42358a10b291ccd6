// What an import is told beside its file, in the address of the request.

import { z } from 'zod';
import { SEVERITIES } from '../../incident/severity.ts';
import { KINDS } from '../../intake/fields.ts';
import { plain } from '../../intake/mapping.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';

const severity = z.enum(SEVERITIES);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

const schema = z.strictObject({
	mode: z.enum(['preview', 'check', 'import']).default('import'),
	file: z.string().max(300).default('file'),
	kind: z.enum(KINDS).optional(),
	source: z
		.string()
		.transform((value) => value.replace(/\s+/g, ' ').trim())
		.pipe(
			z
				.string()
				.min(1)
				.max(60)
				.regex(/^[^\p{C}]+$/u)
		)
		.optional(),
	zone: z
		.string()
		.max(60)
		.transform((value) => value || null)
		.nullable()
		.default(null),
	order: z.enum(['auto', 'day', 'month']).default('auto'),
	map: z.array(z.string().max(300)).max(400).default([]),
	/** `word=P1`: which severity a word of the file stands for. */
	severities: z
		.array(z.string().regex(/^.{1,200}=P[1-4]$/u))
		.max(100)
		.default([]),
	emptySeverity: severity.nullable().default(null),
	/** Only the columns that are mapped here count; nothing is guessed. */
	exact: flag.default(false),
	/** Rows that are here and differ are corrected. */
	correct: flag.default(false)
});

export type ImportOptions = Omit<z.infer<typeof schema>, 'severities'> & {
	severities: Record<string, (typeof SEVERITIES)[number]>;
};

/** Reads the options; lists are given by repeating them. */
export function readOptions(params: URLSearchParams): { ok: true; options: ImportOptions } | Refusal {
	const given: Record<string, string | string[]> = {};
	for (const name of new Set(params.keys())) {
		given[name] = name === 'map' || name === 'severities' ? params.getAll(name) : (params.get(name) ?? '');
	}
	const parsed = schema.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
		return refuse(
			'malformed',
			`The option "${String(name ?? '').slice(0, 40)}" of this import is not one that Muster knows, or not of its form.`
		);
	}
	const severities: ImportOptions['severities'] = {};
	for (const word of parsed.data.severities) {
		const at = word.lastIndexOf('=');
		severities[plain(word.slice(0, at))] = severity.parse(word.slice(at + 1));
	}
	return { ok: true, options: { ...parsed.data, severities } };
}

// What is remembered of imports, so that the next file of the same tool needs no second look.

import { z } from 'zod';
import { SEVERITIES } from '../../incident/severity.ts';
import { toRemember } from '../../intake/mapping.ts';
import type { ImportChoices } from '../../intake/reading.ts';
import type { Storage } from '../db/storage.ts';

const SETTING = 'import_memory';
const MOST = 500;

const columns = z.record(z.string(), z.string());
const schema = z.object({
	source: z.string().default('import'),
	zone: z.string().nullable().default(null),
	/** Field by plain header; empty for a column that tells nothing. */
	columns: z
		.object({ incidents: columns.default({}), events: columns.default({}) })
		.default({ incidents: {}, events: {} }),
	severities: z.record(z.string(), z.enum(SEVERITIES)).default({})
});
export type ImportMemory = z.infer<typeof schema>;

export async function readMemory(storage: Storage): Promise<ImportMemory> {
	const stored = schema.safeParse((await storage.readSetting(SETTING)) ?? {});
	return stored.success ? stored.data : schema.parse({});
}

export async function remember(
	storage: Storage,
	choices: ImportChoices,
	names: readonly string[],
	at: number
): Promise<void> {
	const before = await readMemory(storage);
	const { kind, source, zone, mapping, severities } = choices;
	const learned = { ...before.columns[kind], ...toRemember(mapping, names) };
	const kept = Object.fromEntries(Object.entries(learned).slice(-MOST));
	const memory: ImportMemory = { source, zone, columns: { ...before.columns, [kind]: kept }, severities };
	await storage.writeSetting(SETTING, memory, at);
}

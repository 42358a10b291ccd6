// Making and changing alert sources.

import { z } from 'zod';
import { SEVERITIES } from '../../incident/severity.ts';
import { ADAPTERS } from './adapters/index.ts';

const name = z
	.string()
	.max(60)
	.transform((value) => value.replace(/\s+/g, ' ').trim())
	.refine((value) => value.length > 0, 'empty');

const settings = z.strictObject({
	groupLabels: z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/)).max(10),
	severities: z
		.record(z.string().min(1).max(60), z.enum(SEVERITIES))
		.refine((value) => Object.keys(value).length <= 50, 'more than 50 of them')
		.transform((value) =>
			Object.fromEntries(Object.entries(value).map(([word, severity]) => [word.toLowerCase(), severity]))
		),
	openTo: z.enum(['link', 'everyone'])
});

export const newSourceSchema = z.strictObject({
	name,
	adapter: z.string().refine((id) => ADAPTERS.some((adapter) => adapter.id === id), 'unknown')
});
export const changeSourceSchema = z.strictObject({ name, settings });

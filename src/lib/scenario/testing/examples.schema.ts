import { z } from 'zod';

/** An example of a field that the field itself does not take, or a field that says nothing: `path: what is wrong`. */
export function examplesAmiss(schema: z.ZodType, path: string): string[] {
	const amiss: string[] = [];
	const seen = new Set<unknown>();
	const visit = (node: z.core.$ZodType, at: string) => {
		if (seen.has(node)) return;
		seen.add(node);
		const { examples = [] } = z.globalRegistry.get(node as z.ZodType) ?? {};
		for (const example of examples as unknown[]) {
			const read = z.safeParse(node, example);
			if (!read.success) amiss.push(`${at}: ${JSON.stringify(example)}: ${read.error.issues[0]?.message ?? ''}`);
		}
		const def = node._zod.def as unknown as {
			type: string;
			shape?: Record<string, z.core.$ZodType>;
			element?: z.core.$ZodType;
			valueType?: z.core.$ZodType;
			innerType?: z.core.$ZodType;
			in?: z.core.$ZodType;
		};
		for (const [name, part] of Object.entries(def.shape ?? {})) visit(part, `${at}.${name}`);
		for (const part of [def.element, def.valueType, def.innerType, def.in]) if (part) visit(part, at);
	};
	visit(schema, path);
	return amiss;
}

/**
 * JSON with keys in code-unit order and without what JSON cannot say (`undefined`), so that equal content gives equal
 * text whatever the order it was built in. Throws on numbers that are not finite: they would silently become null.
 */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Error('canonical JSON holds finite numbers only');
		return JSON.stringify(value);
	}
	if (Array.isArray(value))
		return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`;
	if (typeof value === 'object') {
		const record = value as Record<string, unknown>;
		const parts: string[] = [];
		for (const key of Object.keys(record).sort()) {
			if (record[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(record[key])}`);
		}
		return `{${parts.join(',')}}`;
	}
	throw new Error(`canonical JSON cannot hold a ${typeof value}`);
}

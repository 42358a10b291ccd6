/**
 * What a template computes with. Go tells integers from floats, and templates show the difference: an integer is a
 * `bigint` here, a float a `number`.
 */
export class QuerySample {
	constructor(
		readonly labels: ReadonlyMap<string, TemplateValue>,
		readonly value: number
	) {}
}

export type TemplateValue =
	| null
	| string
	| number
	| bigint
	| boolean
	| QuerySample
	| readonly TemplateValue[]
	| ReadonlyMap<string, TemplateValue>;

export function isList(value: TemplateValue): value is readonly TemplateValue[] {
	return Array.isArray(value);
}

/** Go's idea of truth: everything but zero, nil and what is empty. */
export function isTrue(value: TemplateValue): boolean {
	if (value === null || value === false || value === '' || value === 0 || value === 0n) return false;
	if (isList(value)) return value.length > 0;
	if (value instanceof Map) return value.size > 0;
	return true;
}

export function typeName(value: TemplateValue): string {
	if (value === null) return 'nil';
	if (typeof value === 'string') return 'string';
	if (typeof value === 'number') return 'float64';
	if (typeof value === 'bigint') return 'int';
	if (typeof value === 'boolean') return 'bool';
	if (value instanceof QuerySample) return '*template.sample';
	if (isList(value)) return 'template.queryResult';
	return 'map[string]string';
}

/** A failure while expanding; its message is what the rendered text shows. */
export class TemplateFailure extends Error {
	constructor(
		message: string,
		readonly start: number,
		/** Where what failed ends in the text, if it is a part of it. */
		readonly end = start,
		/** Where it is said to stand. */
		readonly at = start
	) {
		super(message);
	}
}

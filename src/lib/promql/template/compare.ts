/** `eq`, `lt` and their relatives, as Go's templates have them: numbers of one kind, strings, booleans. */
import type { TemplateValue } from './value.ts';

type Comparable = string | number | bigint | boolean | null;

function basic(value: TemplateValue): Comparable {
	if (
		value === null ||
		typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'bigint' ||
		typeof value === 'boolean'
	)
		return value;
	throw new Error('invalid type for comparison');
}

function sameKind(a: Comparable, b: Comparable): void {
	if (a !== null && b !== null && typeof a !== typeof b) throw new Error('incompatible types for comparison');
}

/** Whether the first equals any of the others. */
export function equals(first: TemplateValue, others: readonly TemplateValue[]): boolean {
	if (others.length === 0) throw new Error('missing argument for comparison');
	const a = basic(first);
	return others.some((other) => {
		const b = basic(other);
		sameKind(a, b);
		return a === b;
	});
}

export function isLess(first: TemplateValue, second: TemplateValue): boolean {
	const [a, b] = [basic(first), basic(second)];
	sameKind(a, b);
	if (a === null || b === null || typeof a === 'boolean') throw new Error('invalid type for comparison');
	return a < b;
}

// Text that no database stores and no JSON carries faithfully: NUL, and halves of surrogate pairs.

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether every text in a value, keys included, can be stored as it is. */
export function isStorable(value: unknown): boolean {
	if (typeof value === 'string') return isStorableText(value);
	if (typeof value !== 'object' || value === null) return true;
	return Object.entries(value).every(([key, part]) => isStorableText(key) && isStorable(part));
}

export function isStorableText(text: string): boolean {
	return !text.includes('\0') && !LONE_SURROGATE.test(text);
}

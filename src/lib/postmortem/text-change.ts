/** One replacement that turns one text into another: what lies between their common beginning and common end. */
export interface TextChange {
	at: number;
	remove: number;
	insert: string;
}

/** Smallest single replacement from `before` to `after`; null where they are equal. Never splits a surrogate pair. */
export function textChange(before: string, after: string): TextChange | null {
	if (before === after) return null;
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--;
	let end = 0;
	while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
	if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end--;
	return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}

/** Where a caret stands after somebody else's change: what they write before it pushes it on. */
export function moveCaret(caret: number, change: TextChange): number {
	if (caret <= change.at) return caret;
	if (caret <= change.at + change.remove) return change.at + change.insert.length;
	return caret + change.insert.length - change.remove;
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

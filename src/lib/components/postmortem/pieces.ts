/** A text cut where marks begin and end. */
export function pieces(
	text: string,
	marks: readonly { start: number; end: number }[]
): { at: number; text: string; marked: boolean }[] {
	const cut: { at: number; text: string; marked: boolean }[] = [];
	let at = 0;
	for (const { start, end } of marks) {
		if (start > at) cut.push({ at, text: text.slice(at, start), marked: false });
		cut.push({ at: start, text: text.slice(start, end), marked: true });
		at = end;
	}
	if (at < text.length) cut.push({ at, text: text.slice(at), marked: false });
	return cut;
}

/**
 * Which of a row of tabs are shown when not all fit: as many as fit from the start, and the selected one in any case,
 * in the last place if need be. `widths` and `more` (the width of the menu's button) are pixels, `gap` lies between.
 * Gives the indices in the order in which they are shown; at least one, however narrow the row is.
 */
export function fitting(widths: number[], selected: number, room: number, more: number, gap: number): number[] {
	const all = widths.map((_, index) => index);
	if (total(widths, all, gap) <= room) return all;

	const left = room - more - gap;
	for (let count = widths.length - 1; count > 0; count--) {
		const first = all.slice(0, count);
		const shown = selected >= count ? [...first.slice(0, -1), selected] : first;
		if (total(widths, shown, gap) <= left) return shown;
	}
	return [Math.max(selected, 0)];
}

function total(widths: number[], indices: number[], gap: number): number {
	return indices.reduce((sum, index) => sum + (widths[index] ?? 0) + gap, -gap);
}

import type { Why } from '$lib/postmortem/document.ts';

/** Whys in reading order, each with its depth. One whose parent is gone stands at the first level; circles are cut. */
export function readingOrder(whys: readonly Why[]): { why: Why; depth: number }[] {
	const rows: { why: Why; depth: number }[] = [];
	const ids = new Set(whys.map((why) => why.id));
	const placed = new Set<string>();
	const place = (why: Why, depth: number): void => {
		if (placed.has(why.id)) return;
		placed.add(why.id);
		rows.push({ why, depth });
		for (const child of whys) if (child.parentId === why.id) place(child, depth + 1);
	};
	for (const why of whys) if (why.parentId === null || !ids.has(why.parentId)) place(why, 0);
	// What only a circle reaches is shown all the same: nothing that somebody wrote may vanish.
	for (const why of whys) place(why, 0);
	return rows;
}

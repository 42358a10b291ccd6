import type { Why } from './document.ts';

export interface WhyRow {
	why: Why;
	depth: number;
}

/** Whys in reading order, each with its depth. One whose parent is gone stands at the first level; circles are cut. */
export function readingOrder(whys: readonly Why[]): WhyRow[] {
	const rows: WhyRow[] = [];
	const ids = new Set(whys.map((why) => why.id));
	const placed = new Set<string>();
	const place = (why: Why, depth: number): void => {
		if (placed.has(why.id)) return;
		placed.add(why.id);
		rows.push({ why, depth });
		for (const child of whys) if (child.parentId === why.id) place(child, depth + 1);
	};
	for (const why of whys) if (why.parentId === null || !ids.has(why.parentId)) place(why, 0);
	// Two people who move questions at once may close a circle: nothing that somebody wrote may vanish for it.
	for (const why of whys) place(why, 0);
	return rows;
}

/** All whys below one, at any depth. */
export function below(whys: readonly Why[], id: string): Set<string> {
	const found = new Set<string>();
	const visit = (parentId: string): void => {
		for (const why of whys) {
			if (why.parentId !== parentId || found.has(why.id) || why.id === id) continue;
			found.add(why.id);
			visit(why.id);
		}
	};
	visit(id);
	return found;
}

/** Where asking stops: an answer marked as root cause, with nothing asked below it. */
export function stoppedBy(whys: readonly Why[], why: Why): boolean {
	return why.rootCause && !whys.some(({ parentId }) => parentId === why.id);
}

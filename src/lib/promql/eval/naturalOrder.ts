/** Compares texts with the numbers in them taken as numbers; -1, 0 or 1. */
export function naturalOrder(a: string, b: string): number {
	const partsA = a.match(/\d+|\D+/g) ?? [];
	const partsB = b.match(/\d+|\D+/g) ?? [];
	const length = Math.min(partsA.length, partsB.length);
	for (let at = 0; at < length; at += 1) {
		const [x = '', y = ''] = [partsA[at], partsB[at]];
		if (x === y) continue;
		const numeric = /^\d/.test(x) && /^\d/.test(y);
		if (numeric && Number(x) !== Number(y)) return Number(x) < Number(y) ? -1 : 1;
		return x < y ? -1 : 1;
	}
	return Math.sign(partsA.length - partsB.length);
}

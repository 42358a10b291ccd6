/**
 * Numbers in [0, 1) that only look like chance: the same seed gives the same, everywhere. Mulberry32, which a few lines of
 * any language repeat, so that intervals can be checked elsewhere; good enough for resampling and for nothing secret.
 */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

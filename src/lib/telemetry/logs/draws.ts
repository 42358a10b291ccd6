/** The n-th draw of a line in [0, 1), by MurmurHash3's finisher: a log page takes hundreds of thousands of them. */
export function drawOf(hash: number, n: number): number {
	let mixed = (hash + Math.imul(n, 0x9e3779b1)) | 0;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The hash whose n-th draw is `word` / 2^32: every step of the mixing is one to one. Unsigned 32 bits. */
export function undrawn(word: number, n: number): number {
	let mixed = word ^ (word >>> 16);
	// Inverses of the two odd factors modulo 2^32.
	mixed = Math.imul(mixed, 0x7ed1b41d);
	mixed ^= (mixed >>> 13) ^ (mixed >>> 26);
	mixed = Math.imul(mixed, 0xa5cb9243);
	mixed ^= mixed >>> 16;
	return (mixed - Math.imul(n, 0x9e3779b1)) >>> 0;
}

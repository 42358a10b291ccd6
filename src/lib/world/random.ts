import seedrandom from 'seedrandom';

/**
 * Keyed randomness: every draw is a pure function of what it is for, so that taking one thing out of a run changes no
 * other draw and any moment is computed without the ones before it.
 */

/** FNV-1a over UTF-16 units, finished by an avalanche; unsigned 32 bits. Precompute it where a string is used often. */
export function hashString(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return avalanche(hash);
}

/** MurmurHash3's finisher: every bit of the input moves every bit of the output. Unsigned 32 bits. */
function avalanche(value: number): number {
	let hash = value | 0;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/** Mixes an integer (its low 32 bits) into a hash; unsigned 32 bits. */
export function mix(hash: number, value: number): number {
	return avalanche(Math.imul(hash, 0x9e3779b1) + Math.imul(value | 0, 0x85ebca77) + 0x165667b1);
}

/** Hash of a seed and parts; strings by content, numbers by their low 32 bits and what lies above them. */
export function keyedHash(seed: string | number, ...parts: (string | number)[]): number {
	let hash = typeof seed === 'number' ? seed : hashString(seed);
	for (const part of parts) {
		if (typeof part === 'string') hash = mix(hash, hashString(part));
		else hash = mix(mix(hash, part), Math.floor(part / 0x1_0000_0000));
	}
	return hash;
}

/**
 * The number below 2^32 that, as the last part, makes a hash of `prefix`: `partOf(keyedHash(s, a), keyedHash(s, a, b))` is b.
 * Mixing is one to one, so what was mixed in can be found without trying.
 */
export function partOf(prefix: number, hash: number): number {
	const before = unmixed(hash, 0);
	return Math.imul(summed(before) - 0x165667b1 - Math.imul(prefix, 0x9e3779b1), INVERSE_OF_VALUE) >>> 0;
}

/** What `mix` with a value made into a hash. */
function unmixed(hash: number, value: number): number {
	return Math.imul(summed(hash) - 0x165667b1 - Math.imul(value, 0x85ebca77), INVERSE_OF_HASH) >>> 0;
}

/** What `avalanche` made into a hash. */
function summed(hash: number): number {
	let value = hash ^ (hash >>> 16);
	value = Math.imul(value, 0x7ed1b41d);
	value ^= (value >>> 13) ^ (value >>> 26);
	value = Math.imul(value, 0xa5cb9243);
	return (value ^ (value >>> 16)) | 0;
}

/** Inverses of the factors of `mix`, modulo 2^32. */
const INVERSE_OF_HASH = 0xe8b2f51;
const INVERSE_OF_VALUE = 0xb6c92f47;

/** A hash as a number in [0, 1). */
export function unit(hash: number): number {
	return (hash >>> 0) / 0x1_0000_0000;
}

/** A draw in [0, 1), the same for the same seed and parts. */
export function keyed(seed: string | number, ...parts: (string | number)[]): number {
	return unit(keyedHash(seed, ...parts));
}

/**
 * Value noise in [-1, 1]: random values on a lattice of `periodMs`, joined smoothly (smoothstep). Continuous, and a
 * function of (seed, t) alone.
 */
export function noise(seedHash: number, tMs: number, periodMs: number): number {
	const x = tMs / periodMs;
	const cell = Math.floor(x);
	const f = x - cell;
	const a = mix(seedHash, cell);
	const b = mix(seedHash, cell + 1);
	return ((a + (b - a) * f * f * (3 - 2 * f)) / 0x1_0000_0000) * 2 - 1;
}

/** A stream of draws in [0, 1) (alea), for pools that are filled once. */
export function stream(seed: string): () => number {
	const generator = seedrandom.alea(seed);
	return () => generator();
}

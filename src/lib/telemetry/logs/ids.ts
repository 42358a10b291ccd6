import { keyedHash, partOf } from '../../world/index.ts';
import { drawOf, undrawn } from './draws.ts';

/** Hexadecimal identifiers drawn by key: the same line has the same trace wherever it is looked at. */

export function traceIdOf(hash: number): string {
	return hex(hash, 4);
}

export function spanIdOf(hash: number): string {
	return hex(keyedHash(hash, 'span'), 2);
}

/** Short identifier of a request, as people read it out. */
export function requestIdOf(hash: number): string {
	return `req_${hex(keyedHash(hash, 'request'), 2).slice(0, 12)}`;
}

/** Hash of the k-th line of a request that a service wrote in a second; all that is drawn for it hangs on this. */
export function requestHash(seedHash: number, second: number, k: number): number {
	return keyedHash(seedHash, second, k);
}

/** Which request of a second has a hash, if any: a number that is far too large where none has. */
export function requestNumber(seedHash: number, second: number, hash: number): number {
	return partOf(keyedHash(seedHash, second), hash);
}

/** What `requestHash` is seeded with. */
export function requestSeed(siteSeedHash: number, service: string): number {
	return keyedHash(siteSeedHash, 'log', service);
}

/** The hash that a trace id was made of: the first word is a mixed hash, and mixing can be undone. Null for other ids. */
export function hashOfTraceId(traceId: string): number | null {
	if (!/^[0-9a-f]{32}$/.test(traceId)) return null;
	const hash = undrawn(parseInt(traceId.slice(0, 8), 16), 100);
	return traceIdOf(hash) === traceId ? hash : null;
}

function hex(hash: number, words: number): string {
	let text = '';
	for (let i = 0; i < words; i += 1) {
		const word = Math.floor(drawOf(hash, 100 + i) * 0x1_0000_0000);
		text += (word + 0x1_0000_0000).toString(16).slice(1);
	}
	return text;
}

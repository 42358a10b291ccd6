import { keyedHash } from '../../world/index.ts';
import { drawOf } from './draws.ts';

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

function hex(hash: number, words: number): string {
	let text = '';
	for (let i = 0; i < words; i += 1) {
		const word = Math.floor(drawOf(hash, 100 + i) * 0x1_0000_0000);
		text += (word + 0x1_0000_0000).toString(16).slice(1);
	}
	return text;
}

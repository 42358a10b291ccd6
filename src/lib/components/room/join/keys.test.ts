import { expect, it } from 'vitest';
import { keysOf } from './keys.ts';

it.each([
	['', { host: null, join: null, seat: null }],
	['#host=abc', { host: 'abc', join: null, seat: null }],
	['#join=k&seat=scribe', { host: null, join: 'k', seat: 'scribe' }],
	['#seat=king', { host: null, join: null, seat: null }]
])('%s', (hash, expected) => expect(keysOf(hash)).toEqual(expected));

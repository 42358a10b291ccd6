import { describe, expect, it } from 'vitest';
import { xxhash64 } from './hash.ts';

const hex = (text: string) => xxhash64(new TextEncoder().encode(text)).toString(16).padStart(16, '0');

describe('xxhash64', () => {
	// Values of the reference implementation.
	it.each([
		['', 'ef46db3751d8e999'],
		['a', 'd24ec4f1a98c6e5b'],
		['as', '1c330fb2d66be179'],
		['asd', '631c37ce72a97393'],
		['asdf', '415872f599cea71e'],
		['Call me Ishmael. Some years ago--never mind how long precisely-', '02a2e85470d6fd96']
	])('of %j is %s', (text, hash) => expect(hex(text)).toBe(hash));
});

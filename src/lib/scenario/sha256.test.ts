import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './sha256.ts';

describe('sha256', () => {
	it.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'ä'.repeat(1000), '€ 5600 per minute'])(
		'agrees with the platform on %j',
		(text) => {
			expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
		}
	);
});

describe('canonicalJson', () => {
	it('does not depend on the order of keys, and drops undefined', () => {
		expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }] })).toBe('{"a":[{"d":null}],"b":1}');
		expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
	});
	it('refuses numbers that JSON would turn into null', () => {
		expect(() => canonicalJson({ a: Number.NaN })).toThrow();
	});
});

import { expect, it } from 'vitest';
import { readSearch, withField } from './search.ts';

it.each([
	['timeout', [], 'timeout'],
	['http.route=/v1/prices', [{ name: 'http.route', op: '=', value: '/v1/prices' }], ''],
	['slow version!=4.17.3 request', [{ name: 'version', op: '!=', value: '4.17.3' }], 'slow request'],
	['customer="Acme Inc" boom', [{ name: 'customer', op: '=', value: 'Acme Inc' }], 'boom'],
	['a == b', [], 'a == b'],
	['', [], '']
])('%j', (text, fields, rest) => expect(readSearch(text)).toEqual({ fields, text: rest }));

it('a field has one value, and may have others that it must not have', () => {
	const status = (op: '=' | '!=', value: string) => ({ name: 'status', op, value });
	expect(withField([status('=', '500')], status('=', '503'))).toEqual([status('=', '503')]);
	expect(withField([status('=', '500')], status('!=', '500'))).toEqual([status('!=', '500')]);
	expect(withField([status('!=', '500')], status('!=', '503'))).toEqual([status('!=', '500'), status('!=', '503')]);
});

import { expect, test } from 'vitest';
import { browserUrl } from './http.ts';

test.each([
	['127.0.0.1', 3000, 'http://127.0.0.1:3000'],
	['0.0.0.0', 80, 'http://localhost:80'],
	['::', 3000, 'http://localhost:3000'],
	['::1', 3000, 'http://[::1]:3000']
])('%s port %i is printed as %s', (address, port, url) => {
	expect(browserUrl({ address, port })).toBe(url);
});

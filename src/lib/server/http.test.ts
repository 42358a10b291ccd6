import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { browserUrl, listen, type Listening } from './http.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-http-'));
let listening: Listening | null = null;
afterAll(() => {
	listening?.server.close();
	rmSync(folder, { recursive: true });
});

test.each([
	['127.0.0.1', 3000, 'http://127.0.0.1:3000'],
	['0.0.0.0', 80, 'http://localhost:80'],
	['::', 3000, 'http://localhost:3000'],
	['::1', 3000, 'http://[::1]:3000']
])('%s port %i is printed as %s', (address, port, url) => {
	expect(browserUrl({ address, port })).toBe(url);
});

test('a file that vanishes while it is served costs one answer, not the server', async () => {
	const handler = join(folder, 'handler.mjs');
	writeFileSync(
		handler,
		`import { createReadStream } from 'node:fs';
		export const handler = ({ url }, response) =>
			url === '/gone' ? createReadStream('${join(folder, 'gone.js')}').pipe(response) : response.end('here');`
	);
	listening = await listen(handler, 0, '127.0.0.1');
	const { url } = listening;
	await expect(fetch(new URL('/gone', url))).rejects.toThrow();
	expect(await (await fetch(new URL('/other', url))).text()).toBe('here');
});

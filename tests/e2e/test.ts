// The `test` of the browser tests: each worker has a server of its own, and `baseURL` points at it.

import { test as base } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';

export { expect } from '@playwright/test';

/** The administrator's secret of every server that these tests start. */
export const ADMIN_SECRET = 'correct-horse-battery';

export const test = base.extend<object, { server: TestServer }>({
	server: [
		// Playwright reads the needed fixtures off this pattern, so it has to be there even when it is empty.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const server = await startServer({ env: { ADMIN_SECRET } });
			await use(server);
			await server.stop();
			server.discard();
		},
		{ scope: 'worker', timeout: 180_000 }
	],
	baseURL: async ({ server }, use) => use(server.url)
});

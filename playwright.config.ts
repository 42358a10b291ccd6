import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './tests/support/browser.ts';

// Every worker reads this file again; the first one to find a browser tells the others.
process.env.MUSTER_BROWSER ||= await findBrowser((line) => console.error(line));

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	forbidOnly: Boolean(process.env.CI),
	workers: 2,
	// Two cores carry two servers and two browsers: what only was slow is tried once more, and named as flaky.
	retries: process.env.CI ? 1 : 0,
	timeout: 240_000,
	expect: { timeout: 30_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		...devices['Desktop Chrome'],
		viewport: { width: 1440, height: 900 },
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: process.env.MUSTER_BROWSER,
			args: ['--disable-quic', '--disable-background-networking', '--disable-component-update']
		}
	}
});

// `npm test`: builds when needed, runs everything, and closes with one line: "N passed, N failed[, N skipped]".
// `--only unit` or `--only e2e` runs one half.

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenNeeded, root } from '../src/cli/build.ts';
import { findBrowser } from './support/browser.ts';
import { readPlaywright, readVitest, sumUp, type Tally } from './support/tally.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const results = join(root, 'test-results');
const unitFile = join(results, 'unit.json');
const e2eFile = join(results, 'e2e.json');
const say = (line: string) => console.log(line);

const tallies: Tally[] = [];
const failedSteps = (process.env.MUSTER_FAILED_STEPS ?? '').split(',').filter(Boolean);
tallies.push({ passed: 0, failed: failedSteps.map((step) => `step: ${step}`), skipped: [] });

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

try {
	await buildWhenNeeded(say);
	if (values.only !== 'e2e') {
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitFile}`];
		const code = await run('node_modules/vitest/vitest.mjs', ['run', ...reporters]);
		tallies.push(readVitest(unitFile, code));
	}
	if (values.only !== 'unit') {
		process.env.MUSTER_BROWSER = await findBrowser(say);
		const code = await run('node_modules/@playwright/test/cli.js', ['test', '--pass-with-no-tests']);
		tallies.push(readPlaywright(e2eFile, code));
	}
} catch (error) {
	const reason = error instanceof Error ? error.message : String(error);
	tallies.push({ passed: 0, failed: [reason], skipped: [] });
}

const { lines, ok } = sumUp(tallies);
for (const line of lines) say(line);
process.exitCode = ok ? 0 : 1;

/** Runs one of the tools with its output shown, and gives its exit code. */
function run(tool: string, args: string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(root, tool), ...args], {
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit'],
			// Set by npm for its own use; a tool that colours its output takes both for a contradiction and complains.
			env: { ...process.env, FORCE_COLOR: undefined, NODE_ENV: undefined }
		});
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

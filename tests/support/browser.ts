// Finds a browser for the tests, or fetches one: an installed one, Playwright's, Debian's, the one inside a package.

import { chromium } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const MINUTE_MS = 60_000;

const installed = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/opt/google/chrome/chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

interface Way {
	name: string;
	/** The path of a browser, or undefined when this way leads nowhere. */
	find: () => Promise<string | undefined> | string | undefined;
}

const ways: Way[] = [
	{ name: 'MUSTER_BROWSER', find: () => process.env.MUSTER_BROWSER },
	{ name: 'an installed browser', find: () => installed.find(starts) },
	{ name: "Playwright's browser", find: () => chromium.executablePath() },
	{ name: "fetching Playwright's browser", find: fetchPlaywrights },
	{ name: "Debian's package", find: installDebians },
	{ name: '@sparticuz/chromium', find: unpackPackaged }
];

/** The path of a Chromium that starts here. Throws, naming what was tried, when there is none and none can be had. */
export async function findBrowser(say: (line: string) => void = () => undefined): Promise<string> {
	for (const { name, find } of ways) {
		try {
			const path = await find();
			if (path && starts(path)) return path;
		} catch (error) {
			say(`No browser from ${name}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	const tried = ways.map((way) => way.name).join(', ');
	throw new Error(`No browser found or fetched (tried ${tried}). Set MUSTER_BROWSER to the path of a Chromium.`);
}

/** True when the file is there and answers: a stub, or a browser whose libraries are missing, does not. */
function starts(path: string): boolean {
	if (!existsSync(path)) return false;
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: MINUTE_MS }).status === 0;
}

function fetchPlaywrights(): string {
	run('npx', ['playwright', 'install', 'chromium', '--only-shell'], 3 * MINUTE_MS);
	const shell = chromium.executablePath();
	// Only the headless shell is fetched: it stands beside where the full browser would.
	const headless = shell.replace(/chromium-(\d+)/, 'chromium_headless_shell-$1').replace(/chrome$/, 'headless_shell');
	return existsSync(headless) ? headless : shell;
}

function installDebians(): string | undefined {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	run('apt-get', ['update'], 3 * MINUTE_MS);
	run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], 10 * MINUTE_MS);
	return installed.find(starts);
}

async function unpackPackaged(): Promise<string> {
	const { default: packaged } = await import('@sparticuz/chromium');
	return packaged.executablePath();
}

function run(command: string, args: string[], timeout: number): void {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { status, stderr, error } = spawnSync(command, args, { timeout, env, encoding: 'utf8', stdio: 'pipe' });
	if (error) throw error;
	if (status === 0) return;
	const lines = stderr.trim().split('\n');
	const reason = lines.find((line) => /error|failed|unable/i.test(line)) ?? lines.at(-1) ?? `exit code ${status}`;
	throw new Error(`${command} ${args.join(' ')}: ${reason.trim()}`);
}

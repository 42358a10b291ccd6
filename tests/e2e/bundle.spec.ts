import { brotliCompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { Player, SCENARIOS, type Talk, type Tool } from './play.ts';
import { expect, test } from './test.ts';

/** Compressed JavaScript of a page with all that came before on it, in bytes, with little to spare: more than this is a decision, not an accident. */
const LIMITS = {
	home: 48_000,
	lobby: 68_000,
	room: 98_000,
	everything: 152_000,
	// The studio writes with the same CodeMirror: what it alone needs of it comes along in the shared chunk.
	editor: 284_000
};

interface Script {
	name: string;
	text: string;
	bytes: number;
}

/** Every script that a page loads, with its size in Brotli as the server sends it. */
function scriptsOf(page: Page): { all: () => Promise<Script[]> } {
	const seen = new Map<string, Promise<string>>();
	page.on('response', (response) => {
		const name = new URL(response.url()).pathname;
		if (!name.endsWith('.js')) return;
		// A page that is left takes its bodies with it; the server still has them.
		const again = async () => (await page.request.get(response.url())).text();
		seen.set(name, response.text().catch(again));
	});
	return {
		all: () =>
			Promise.all(
				[...seen].map(async ([name, body]) => {
					const text = await body;
					return { name, text, bytes: brotliCompressSync(text).length };
				})
			)
	};
}

const sum = (scripts: Script[]) => scripts.reduce((total, { bytes }) => total + bytes, 0);

test('what a browser loads is small, and holds no validators, no machines and no scenario', async ({ page }, info) => {
	test.setTimeout(180_000);
	const me = new Player(page);
	const scripts = scriptsOf(page);
	const sizes: Record<string, number> = {};
	const weigh = async (what: string) => {
		await page.waitForLoadState('networkidle');
		sizes[what] = sum(await scripts.all());
	};

	await page.goto('/');
	await weigh('home');
	const path = await me.start(SCENARIOS.release);
	// Loaded anew, as by somebody who opens the link: what home had already brought does not count.
	const lobby = scriptsOf(page);
	await page.goto('about:blank');
	await page.goto(path);
	await expect(page.getByRole('heading', { name: 'Who is here' })).toBeVisible();
	await page.waitForLoadState('networkidle');
	sizes.lobby = sum(await lobby.all());
	await me.begin();
	// The same on every machine: nothing fires meanwhile, and what a timer fetches later is fetched when it is asked for.
	await me.palette('Pause the clock');
	await page.addInitScript((laterMs) => {
		const soon = window.setTimeout;
		window.setTimeout = ((run: TimerHandler, ms = 0, ...rest: unknown[]) =>
			ms >= laterMs ? 0 : soon(run, ms, ...rest)) as typeof setTimeout;
	}, 2_000);
	const room = scriptsOf(page);
	await page.goto('about:blank');
	await page.goto(path);
	await me.inRoom();
	await page.waitForLoadState('networkidle');
	sizes.room = sum(await room.all());
	for (const tool of [
		'Changes',
		'Logs',
		'Traces',
		'Mitigations',
		'Runbooks',
		'Map',
		'Console',
		'Links & files'
	] as Tool[])
		await me.openTool(tool);
	for (const talk of ['Command', 'Hypotheses', 'Updates', 'Timeline', 'Run'] as Talk[]) await me.openTalk(talk);
	// Nobody declares while the clock stands still.
	await me.palette('Resume the clock');
	await me.palette('Declare the incident');
	await expect(me.dialog).toBeVisible();
	await page.waitForLoadState('networkidle');
	sizes.everything = sum(await room.all());
	// The editor of queries is the heaviest of all, and comes only when somebody writes one.
	await page.keyboard.press('Escape');
	await me.openTool('Dashboards');
	await me.tools.getByText('My panels').click();
	await me.tools.getByRole('button', { name: 'Add a panel' }).click();
	await expect(me.tools.locator('.cm-content')).toBeVisible();
	await page.waitForLoadState('networkidle');
	sizes.editor = sum(await room.all());

	const words = Object.entries(sizes).map(([what, bytes]) => `${what} ${(bytes / 1000).toFixed(1)} kB`);
	console.log(`Compressed JavaScript: ${words.join(', ')}`);
	info.annotations.push({ type: 'compressed JavaScript', description: words.join(', ') });

	const file = fileURLToPath(new URL('../../scenarios/high-error-rate-bad-deploy/scenario.yaml', import.meta.url));
	const { synopsis, hints } = parse(readFileSync(file, 'utf8')) as { synopsis: string; hints: string[] };
	// Names that a minifier keeps: of zod's errors, of XState's own events, of PostgreSQL's and Faker's, of our scenarios.
	const foreign = ['ZodError', 'invalid_union', 'xstate.init', 'xstate.stop', 'NullCurrency', 'cache-lib-svc'];
	const all = await scripts.all();
	expect(all.length).toBeGreaterThan(10);
	for (const word of [...foreign, synopsis.slice(0, 40), ...hints.map((hint) => hint.slice(0, 40))])
		expect.soft(all.filter(({ text }) => text.includes(word)).map(({ name }) => `${name} holds ${word}`)).toEqual([]);
	for (const [what, limit] of Object.entries(LIMITS)) expect.soft(sizes[what], what).toBeLessThanOrEqual(limit);
});

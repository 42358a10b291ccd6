import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../support/server.ts';
import { PATIENCE_MS, Player, SCENARIOS } from './play.ts';
import { ADMIN_SECRET, expect, test } from './test.ts';

const OWN = `---
alerts: [HighErrorRate]
---
# Errors at ours

1. Look who fails
2. Ask <b>Ravi</b> before you restart
`;

test('a path is begun, a team’s own runbook is worked through, and the debrief tells what came of both', async ({
	browser
}) => {
	test.setTimeout(300_000);
	// A server and a folder of its own: what others play would change what is next.
	const folder = mkdtempSync(join(tmpdir(), 'muster-runbooks-'));
	writeFileSync(join(folder, 'errors.md'), OWN);
	writeFileSync(join(folder, 'broken.md'), '---\nname: Broken\nalerts: [\n---\n1. a\n');
	const server = await startServer({ env: { ADMIN_SECRET, RUNBOOKS_DIR: folder } });
	const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
	try {
		const page = await context.newPage();
		const me = new Player(page);

		await test.step('the path shows its first step as the next', async () => {
			await page.goto('/paths');
			await page.getByRole('link', { name: 'On-call basics' }).click();
			await expect(page.getByRole('heading', { level: 1, name: 'On-call basics' })).toBeVisible();
			await expect(page.getByText(/^0 of \d+ passed/)).toBeVisible();
			const first = page.getByRole('listitem', { name: 'Step 1: First page: errors climb' });
			await expect(first.getByRole('link', { name: 'Next step' })).toBeVisible();
		});

		await test.step('the team’s runbook stands among those of the scenario, and takes marks', async () => {
			await me.start(SCENARIOS.release, { name: 'Ada', seed: 'learning' });
			await me.begin();
			await me.openTool('Runbooks');
			await me.tools.getByRole('button', { name: /Errors at ours/ }).click();
			await expect(me.tools.getByText('Your team’s own, not part of the scenario.')).toBeVisible();
			await expect(me.tools.getByRole('heading', { name: 'Ask <b>Ravi</b> before you restart' })).toBeVisible();
			// Whoever reads it has opened it.
			await expect(me.tools.getByText(/Opened by Ada/)).toBeVisible();
			const step = (name: string) => me.tools.getByRole('listitem').filter({ hasText: name });
			const look = step('Look who fails');
			await look.getByRole('button', { name: 'Unclear…' }).click();
			await look.getByLabel('What is unclear about it').fill('Who is who?');
			await look.getByRole('button', { name: 'Mark as unclear' }).click();
			await expect(look.getByText(/Unclear, said at .*Who is who\?/)).toBeVisible();
			const ask = step('before you restart');
			await ask.getByRole('button', { name: 'Skip…' }).click();
			await ask.getByLabel('Why it is skipped').fill('He is asleep');
			await ask.getByRole('button', { name: 'Skip', exact: true }).click();
			await expect(ask.getByText(/Skipped at .*He is asleep/)).toBeVisible();
		});

		await test.step('a change is left to a tool only after a second thought', async () => {
			await me.tools.getByRole('button', { name: '← All runbooks' }).click();
			await me.tools.getByRole('button', { name: /^Operations: core-api/ }).click();
			const empty = me.tools.getByRole('listitem').filter({ hasText: 'Empty the product cache' });
			await empty.getByRole('button', { name: 'Run it…' }).click();
			await expect(me.dialog.getByText('2025-11-04')).toBeVisible();
			await me.dialog.getByRole('button', { name: 'Let the tool do it' }).click();
			await expect(me.dialog).toBeHidden();
			await expect(empty.getByText(/Done by automation at .*OK/)).toBeVisible({ timeout: PATIENCE_MS });
		});

		await test.step('the debrief tells what was unclear, skipped or left to a tool, and checks the step', async () => {
			await me.hurry(async () => {
				await expect(me.alert('HighErrorRate', 'core-api')).toBeVisible({ timeout: PATIENCE_MS });
			});
			await me.acknowledgeAll();
			await me.palette('End the run');
			await me.dialog.getByRole('button', { name: 'End the run' }).click();
			await me.answer({ well: 'The runbook was there', surprised: 'The noise', unclear: 'Who Ravi is' });
			await page.goto(`${me.path}/debrief`);
			const runbooks = page.getByRole('region', { name: 'Runbooks', exact: true });
			await expect(runbooks.getByText('Look who fails: Who is who?')).toBeVisible();
			await expect(runbooks.getByText('Ask <b>Ravi</b> before you restart: He is asleep')).toBeVisible();
			await page.getByRole('button', { name: 'Open the truth and the scores' }).click();
			await expect(runbooks.getByText('Empty the product cache: it made it worse')).toBeVisible();
			const check = page.getByRole('region', { name: 'Skill check' });
			await expect(check.getByText(/^↻ Not yet/).first()).toBeVisible({ timeout: PATIENCE_MS });
			await check.getByRole('link', { name: 'On-call basics' }).click();
			const first = page.getByRole('listitem', { name: 'Step 1: First page: errors climb' });
			await expect(first.getByText(/^Played, not passed yet/)).toBeVisible();
		});

		await test.step('the scenario’s page lists the run, and the truth only to whoever facilitates', async () => {
			await page.goto('/scenarios/wishlist-flag-flip');
			await expect(page.getByText('A flag was widened')).toHaveCount(0);
			await page.getByRole('button', { name: 'I will facilitate…' }).click();
			await page.getByRole('button', { name: 'I facilitate: show it' }).click();
			await page.getByText('For whoever facilitates: all of the truth').click();
			await expect(page.getByText('A flag was widened')).toBeVisible();
			await page.goto('/scenarios/high-error-rate-bad-deploy');
			await expect(page.getByRole('region', { name: 'Your runs of it' }).getByText('not resolved')).toBeVisible();
		});

		await test.step('the settings tell of the file that cannot be used, and of the one that can', async () => {
			await page.request.post('/api/admin/session', { data: { secret: ADMIN_SECRET } });
			await page.goto('/settings');
			const team = page.getByRole('region', { name: 'Your team’s own runbooks and systems' });
			await expect(team.getByText(/^broken\.md:\d+:\d+: yaml: /)).toBeVisible();
			await expect(team.getByText('HighErrorRate · 2 steps')).toBeVisible();
		});
	} finally {
		await context.close();
		await server.stop();
		server.discard();
		rmSync(folder, { recursive: true, force: true });
	}
});

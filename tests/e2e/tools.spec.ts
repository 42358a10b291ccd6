import { ADMIN_SECRET, expect, test } from './test.ts';
import { PATIENCE_MS, Player, SCENARIOS } from './play.ts';

test.describe('people’s own tools', () => {
	test('the room gives an address and a token that work as they stand', async ({ page, request }) => {
		test.setTimeout(180_000);
		const me = new Player(page);
		await me.start(SCENARIOS.release, { name: 'Ada', seed: 'tools' });
		await me.begin();

		await page.getByRole('button', { name: 'Room menu' }).click();
		await page.getByRole('menuitem', { name: 'Invite people' }).click();
		const tools = me.dialog.getByRole('region', { name: 'Connect your tools' });
		await tools.getByText('curl', { exact: true }).click({ timeout: PATIENCE_MS });
		const example = (await tools.locator('pre').textContent()) ?? '';
		const [, token = ''] = /Bearer (\S+?)'/.exec(example) ?? [];
		const [, url = ''] = /'(http\S+)'/.exec(example) ?? [];
		expect(token).not.toBe('');

		const headers = { authorization: `Bearer ${token}` };
		const asked = await request.get(url, { headers });
		expect(await asked.json()).toMatchObject({ status: 'success', data: { resultType: 'vector' } });
		// As promtool does it: a form, from nowhere.
		const posted = await request.post(url.replace(/\?.*/, ''), { headers, form: { query: 'count(up)' } });
		expect(await posted.json()).toMatchObject({ status: 'success', data: { result: [{ metric: {} }] } });

		await tools.getByRole('button', { name: 'Make a new token' }).click();
		await expect(tools.locator('pre')).not.toContainText(token);
		expect((await request.get(url, { headers })).status()).toBe(401);
	});

	test('an administrator allows a target for alerts, tries it, and removes it', async ({ page }) => {
		await page.goto('/settings');
		await page.getByLabel('Administrator’s secret').or(page.getByLabel("Administrator's secret")).fill(ADMIN_SECRET);
		await page.getByRole('button', { name: 'Continue' }).click();
		const section = page.getByRole('region', { name: 'Where alerts of exercises may go' });
		await section.getByLabel('Address').fill('http://127.0.0.1:1');
		await section.getByRole('button', { name: 'Allow this target' }).click();
		await expect(section.getByRole('listitem')).toContainText('http://127.0.0.1:1/api/v2/alerts');
		await section.getByRole('button', { name: 'Send a test' }).click();
		await expect(section.getByRole('status')).toContainText('The test did not arrive', { timeout: PATIENCE_MS });
		await section.getByRole('button', { name: 'Remove' }).click();
		await expect(section.getByText('None: alerts stay in Muster.')).toBeVisible();
	});
});

import { AxeBuilder } from '@axe-core/playwright';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeRecord } from '../support/record.ts';
import { startServer } from '../support/server.ts';
import { ADMIN_SECRET, expect, test } from './test.ts';

test.describe('insights', () => {
	test('says what will appear while there is nothing', async ({ browser }) => {
		const server = await startServer({ env: { ADMIN_SECRET } });
		const context = await browser.newContext({ baseURL: server.url });
		try {
			const page = await context.newPage();
			await page.goto('/');
			await page.getByRole('link', { name: 'Insights' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does response get better?');
			await expect(page.getByText('Figures appear with the first debrief')).toBeVisible();
			await expect(page.getByRole('link', { name: 'Choose a scenario' })).toBeVisible();
		} finally {
			await context.close();
			await server.stop();
			server.discard();
		}
	});

	test('shows practice to everybody, real incidents to the administrator, and follows what is classified', async ({
		browser
	}) => {
		const dataDir = mkdtempSync(join(tmpdir(), 'muster-insights-'));
		const { database, lock } = await openDatabase(readConfig({ DATA_DIR: dataDir, MUSTER_ROOT: process.cwd() }));
		const storage = createStorage(database);
		await storeRecord(storage, { practice: 12, real: 30, days: 80, now: Date.now() });
		await storage.close();
		lock?.release();
		const server = await startServer({ dataDir, env: { ADMIN_SECRET } });
		const context = await browser.newContext({ baseURL: server.url });
		try {
			const page = await context.newPage();
			await test.step('practice alone, before the secret is given', async () => {
				await page.goto('/insights');
				await expect(page.getByRole('heading', { name: 'Practice', exact: true })).toBeVisible();
				await expect(page.getByRole('heading', { name: 'Real incidents', exact: true })).toHaveCount(0);
				await expect(page.getByText('Practice alone is shown')).toBeVisible();
				expect((await page.request.get('/api/insights/report?origin=real')).status()).toBe(403);
			});
			await test.step('everything for the administrator', async () => {
				await page.request.post('/api/admin/session', { data: { secret: ADMIN_SECRET } });
				await page.goto('/insights?compare=teams');
				const real = page.getByRole('region', { name: 'Real incidents', exact: true });
				await expect(real.getByText(/^30 incidents/)).toBeVisible();
				await expect(page.getByRole('region', { name: 'Compare' }).getByRole('status')).toContainText(
					/tell|difference|differ/i
				);
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
			});
			await test.step('what an incident was can be changed', async () => {
				const list = page.getByRole('region', { name: 'What is counted here' });
				await list
					.getByRole('button', { name: /^Change what INC-/ })
					.first()
					.click();
				const dialog = page.getByRole('dialog');
				await dialog.getByLabel('Cause class').fill('Something else');
				await dialog.getByRole('button', { name: 'Save' }).click();
				await expect(dialog).toBeHidden();
				await expect(list.getByRole('cell', { name: 'something else', exact: true })).toBeVisible();
			});
			await test.step('a filter has an address', async () => {
				await page.getByLabel('Origin').selectOption({ label: 'Practice' });
				await expect(page).toHaveURL(/origin=practice/);
				await expect(page.getByRole('heading', { name: 'Real incidents', exact: true })).toHaveCount(0);
			});
			await test.step('the report is a file', async () => {
				const report = await page.request.get('/api/insights/report?origin=all&format=md');
				expect(await report.text()).toContain('# Incident Response Improvement Report');
			});
		} finally {
			await context.close();
			await server.stop();
			server.discard();
		}
	});
});

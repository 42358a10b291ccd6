import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ADMIN_SECRET, expect, test } from './test.ts';
import { PATIENCE_MS } from './play.ts';

/** Puts the cursor behind a text of the editor, by its own search for lines: as many arrows as it takes. */
async function replaceLine(page: Page, line: string, by: string): Promise<void> {
	const found = page.locator('.cm-line', { hasText: line }).first();
	await expect(found).toBeVisible({ timeout: PATIENCE_MS });
	await found.click();
	await page.keyboard.press('End');
	await page.keyboard.press('Shift+Home');
	await page.keyboard.type(by);
}

test('an author duplicates a scenario, breaks and mends it beside the preview, saves it and starts a run', async ({
	page
}) => {
	await page.goto('/studio');
	await page.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('searchbox', { name: 'Search' }).fill('high-error-rate-bad-deploy');
	await page.getByRole('button', { name: /^Duplicate… First page/ }).click();
	const dialog = page.getByRole('dialog', { name: 'Duplicate a scenario' });
	await dialog.getByLabel('Its name').fill('our-first-page');
	await dialog.getByRole('button', { name: 'Duplicate', exact: true }).click();
	await expect(page).toHaveURL(/\/studio\/our-first-page$/);

	const problems = page.getByRole('region', { name: 'Problems' });
	const preview = page.getByRole('region', { name: 'Preview' });
	await expect(problems).toContainText('It loads', { timeout: PATIENCE_MS });
	await expect(preview.getByText(/^fires \d+:\d+$/).first()).toBeVisible({ timeout: PATIENCE_MS });

	// Broken in place: the real loader says where, and the preview goes on with what loaded last.
	await replaceLine(page, 'difficulty: 1', 'difficulty: seven');
	const problem = problems.getByRole('button', { name: /scenario\.yaml:\d+:13/ });
	await expect(problem).toContainText('difficulty', { timeout: PATIENCE_MS });
	await expect(page.locator('.cm-lintRange-error')).toHaveText('seven');
	await expect(preview.getByRole('status')).toContainText('the text has an error now');

	await replaceLine(page, 'difficulty: seven', 'difficulty: 2');
	await expect(problems).toContainText('It loads', { timeout: PATIENCE_MS });
	await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);

	// What was not saved survives a reload; then it is saved.
	await page.reload();
	await expect(page.getByText('had not saved is here again')).toBeVisible({ timeout: PATIENCE_MS });
	await page.getByLabel('What you changed, in a few words').fill('Harder');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Version 2 is saved.')).toBeVisible({ timeout: PATIENCE_MS });
	await expect(page.getByText('The library offers version 2.')).toBeVisible();
	await page.getByRole('button', { name: 'Versions' }).click();
	const versions = page.getByRole('dialog', { name: 'Versions' });
	await versions.getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button').click();
	await expect(versions.getByText('+difficulty: 2')).toBeVisible();
	await versions.getByRole('button', { name: 'Close' }).click();

	await page.getByRole('link', { name: 'Play it…' }).click();
	await page.getByRole('button', { name: 'Start…' }).click();
	await page.getByLabel('Your name').fill('Ada');
	await page.getByRole('button', { name: 'Start', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Who is here' })).toBeVisible({ timeout: PATIENCE_MS });
	await expect(page.getByText('First page: errors climb').first()).toBeVisible();
});

test('a scenario goes out as a zip and comes in again; the studio is the administrator’s', async ({ page }) => {
	for (const path of [
		'/api/studio/schema',
		'/api/studio/high-error-rate-bad-deploy',
		'/api/studio/high-error-rate-bad-deploy/export'
	]) {
		expect((await page.request.get(path)).status()).toBe(403);
	}
	await page.goto('/studio/high-error-rate-bad-deploy');
	await expect(page.getByText('A scenario’s text holds its truth')).toBeVisible();
	await expect(page.getByText(/currency/)).toHaveCount(0);
	await page.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Shipped with Muster: it can be read')).toBeVisible({ timeout: PATIENCE_MS });
	const exported = await page.request.get('/api/studio/high-error-rate-bad-deploy/export');
	expect(exported.headers()['content-disposition']).toContain('high-error-rate-bad-deploy.zip');

	await page.goto('/studio');
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles({
			name: 'Brought Along.zip',
			mimeType: 'application/zip',
			buffer: await exported.body()
		});
	const dialog = page.getByRole('dialog', { name: 'Import a scenario' });
	await expect(dialog.getByLabel('Its name')).toHaveValue('brought-along');
	await dialog.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(page).toHaveURL(/\/studio\/brought-along$/);
	await expect(page.getByRole('tab', { name: 'high-error-rate.md' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Problems' })).toContainText('It loads', { timeout: PATIENCE_MS });

	// A second author on the same version: whoever saves later is told, and neither text is lost.
	const second = await page.context().newPage();
	await second.goto('/studio/brought-along');
	await expect(second.getByRole('region', { name: 'Problems' })).toContainText('It loads', { timeout: PATIENCE_MS });
	await replaceLine(second, 'difficulty: 1', 'difficulty: 3');
	await second.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(second.getByText('Version 2 is saved.')).toBeVisible({ timeout: PATIENCE_MS });
	await second.close();
	await replaceLine(page, 'minutes: 15', 'minutes: 16');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	const conflict = page.getByRole('alert').filter({ hasText: 'Somebody saved version 2 while you wrote on version 1' });
	await conflict.getByRole('button', { name: 'Compare' }).click({ timeout: PATIENCE_MS });
	const compared = page.getByRole('dialog', { name: 'Version 2 and your text' });
	await expect(compared.getByText('-difficulty: 3')).toBeVisible();
	await expect(compared.getByText('+minutes: 16')).toBeVisible();
	await compared.getByRole('button', { name: 'Close' }).click();
	await conflict.getByRole('button', { name: 'Save mine on top' }).click();
	await expect(page.getByText('Version 3 is saved.')).toBeVisible({ timeout: PATIENCE_MS });

	const found = await new AxeBuilder({ page }).analyze();
	expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

	await page.goto('/studio/guide');
	await expect(page.getByRole('heading', { level: 1, name: 'Writing a scenario' })).toBeVisible();
	await expect(page.getByRole('cell', { name: 'faults[].states.*.phase' })).toBeVisible();
});

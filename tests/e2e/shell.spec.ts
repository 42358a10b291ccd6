import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './test.ts';

test.describe('the shell around every page', () => {
	test('an address that leads nowhere says so in words, with a way back', async ({ page }) => {
		const response = await page.goto('/nowhere-at-all');
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
		await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible();
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
	});

	for (const stored of ['light', 'dark'] as const) {
		test(`a chosen ${stored} theme stands before the first paint`, async ({ page }) => {
			await page.emulateMedia({ colorScheme: stored === 'light' ? 'dark' : 'light' });
			await page.addInitScript((theme) => localStorage.setItem('muster-theme', theme), stored);
			// The application's own scripts are held back, so that only the page's first script can have done it.
			await page.route(/\/_app\/.*\.js$/, (route) => route.abort());
			await page.goto('/nowhere-at-all');
			await expect(page.locator('html')).toHaveAttribute('data-theme', stored);
		});
	}

	test('one button goes through the themes, and the choice stays', async ({ page }) => {
		await page.goto('/');
		const theme = page.getByRole('button', { name: /^Theme:/ });
		await theme.click();
		await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
		await theme.click();
		await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
		await page.reload();
		await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
		await expect(theme).toHaveAccessibleName(/^Theme: dark/);
		await theme.click();
		await expect(page.locator('html')).not.toHaveAttribute('data-theme');
	});

	test('nothing is fetched from elsewhere, and the policy refuses nothing of ours', async ({ page, baseURL }) => {
		const foreign: string[] = [];
		const refused: string[] = [];
		page.on('request', (request) => {
			if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:')) foreign.push(request.url());
		});
		page.on('console', (message) => {
			if (message.text().includes('Content Security Policy')) refused.push(message.text());
		});
		await page.goto('/');
		await page.waitForLoadState('networkidle');
		expect({ foreign, refused }).toEqual({ foreign: [], refused: [] });
	});

	test('the first tab stop leads past the header', async ({ page }) => {
		await page.goto('/');
		await page.keyboard.press('Tab');
		await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
		await page.keyboard.press('Enter');
		expect(new URL(page.url()).hash).toBe('#main');
		await expect(page.locator('#main')).toHaveCount(1);
	});
});

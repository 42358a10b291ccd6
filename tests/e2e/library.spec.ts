import { expect, test } from './test.ts';

test('the library narrows down, tells of a scenario without its cause, and starts it', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: /^All \d+ scenarios$/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Scenarios' })).toBeVisible();
	const cards = page.getByRole('article');
	const all = await cards.count();
	expect(all).toBeGreaterThanOrEqual(4);

	await page.getByRole('searchbox', { name: 'Search' }).fill('high-error-rate-bad-deploy');
	await expect(cards).toHaveCount(1);
	await page.getByRole('searchbox', { name: 'Search' }).fill('a goat in the machine room');
	await expect(page.getByText('No scenario is like that')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Surprise me' })).toBeDisabled();
	await page.getByRole('searchbox', { name: 'Search' }).fill('');
	await page.getByRole('combobox', { name: 'Time' }).selectOption({ label: '15 min at most' });
	await expect(cards.filter({ hasText: 'INC-2024-001' })).toHaveCount(0);
	await page.getByRole('combobox', { name: 'Time' }).selectOption({ label: 'any' });
	await expect(cards).toHaveCount(all);

	await cards.getByRole('link', { name: 'First page: errors climb' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'First page: errors climb' })).toBeVisible();
	await expect(page.getByText('core-api', { exact: true })).toBeVisible();
	await expect(page.getByText(/currency/)).toHaveCount(0);
	await page.getByRole('button', { name: 'Other people on call' }).click();
	await expect(page.getByRole('combobox', { name: /^Circumstances/ })).toHaveValue('other-people');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await page.getByRole('button', { name: 'Start…' }).click();
	await page.getByLabel('Your name').fill('Ada');
	await page.getByRole('button', { name: 'Start', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Who is here' })).toBeVisible({ timeout: 45_000 });

	await page.goto('/scenarios/high-error-rate-bad-deploy');
	await expect(page.getByRole('link').filter({ hasText: 'First page: errors climb' })).not.toHaveCount(0);
	await page.goto('/scenarios/no-such-thing');
	await expect(page.getByText('There is no scenario of that name')).toBeVisible();
});

import type { Locator, Page } from '@playwright/test';
import { PATIENCE_MS, Player } from './play.ts';
import { expect, test } from './test.ts';

const MOST_TABS = 240;

/** Presses Tab until something has the focus, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
	await expect(target).toBeVisible();
	for (let pressed = 0; pressed < MOST_TABS; pressed++) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`${MOST_TABS} tabs did not lead to ${target.toString()}`);
}

test('from the home page to a declared incident without a mouse', async ({ page }) => {
	test.setTimeout(180_000);
	const me = new Player(page);
	await page.goto('/');
	await tabTo(page, page.getByRole('button', { name: /^Start: First page/ }));
	await page.keyboard.press('Enter');
	// The dialog has put the focus where one types.
	await expect(me.dialog.getByLabel('Your name')).toBeFocused();
	await page.keyboard.type('Kim');
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('button', { name: 'Take Incident commander' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Who is here' })).toContainText('Incident commander');
	await tabTo(page, page.getByRole('button', { name: 'Begin', exact: true }));
	await page.keyboard.press('Enter');
	await me.inRoom();
	await me.speed(30);
	await expect(me.footer).toContainText('for somebody', { timeout: PATIENCE_MS });
	await me.speed(1);
	// On a slow machine more than one alert has fired meanwhile; the footer offers them one after another.
	const declare = me.footer.getByRole('button', { name: 'Declare the incident' });
	const acknowledge = me.footer.getByRole('button', { name: /^Acknowledge/ });
	await tabTo(page, acknowledge);
	while (!(await declare.isVisible())) {
		const before = await me.footer.innerText();
		await page.keyboard.press('Enter');
		await expect.poll(() => me.footer.innerText()).not.toBe(before);
	}
	// Where the last was acknowledged the next step stands, with the focus on it.
	await expect(declare).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(me.dialog.getByLabel('What is wrong, as customers would say it')).toBeFocused();
	await page.keyboard.type('The API fails');
	// The arrows move among the levels of the classification.
	await tabTo(page, me.dialog.getByRole('radio', { checked: true }));
	await page.keyboard.press('ArrowDown');
	await expect(me.dialog.getByRole('radio', { name: /^P2/ })).toBeChecked();
	await page.keyboard.press('ArrowUp');
	await expect(me.dialog.getByRole('radio', { name: /^P1/ })).toBeChecked();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'The API fails' })).toBeVisible();

	await test.step('arrows move between tabs, letters lead to places, Escape closes what floats', async () => {
		const tab = (name: string) => me.tools.getByRole('tab', { name });
		await tabTo(page, tab('Dashboards'));
		await page.keyboard.press('ArrowRight');
		await expect(tab('Changes')).toBeFocused();
		await page.keyboard.press('x');
		await expect(tab('Console')).toHaveAttribute('aria-selected', 'true');
		await page.keyboard.press('h');
		await expect(me.talk.getByRole('tab', { name: 'Hypotheses' })).toHaveAttribute('aria-selected', 'true');
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(me.dialog).toBeHidden();
	});
});

test('the palette reaches declaring, acknowledging, seats and mitigations', async ({ page }) => {
	test.setTimeout(180_000);
	const me = new Player(page);
	await me.start(/^Start: First page/, { name: 'Kim' });
	await me.begin();
	await me.hurry(() => expect(me.alert('ApiErrorBudgetFastBurn')).toBeVisible({ timeout: PATIENCE_MS }));
	await me.palette('Acknowledge ApiErrorBudgetFastBurn');
	await expect(me.alert('ApiErrorBudgetFastBurn')).toContainText('Acknowledged by Kim');
	await me.declare('P1', 'The API fails');
	await me.takeSeat('Technical lead');
	await me.palette('Apply: Roll core-api back');
	const dialog = page.getByRole('dialog', { name: /Roll core-api back/ });
	await expect(dialog).toContainText('kubectl rollout undo deploy/core-api');
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	// ⌘K on a Mac; what cannot be done now says why.
	await page.keyboard.press('Meta+k');
	await me.dialog.getByRole('combobox').fill('declare');
	await expect(me.dialog.getByRole('option', { name: /Declare the incident/ })).toContainText('It is declared already');
	await page.keyboard.press('Escape');
	await expect(me.dialog).toBeHidden();
});

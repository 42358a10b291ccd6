import { another, Player, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

test.describe('when something real happens, or nothing is there', () => {
	test('any player freezes the exercise for all, and the host goes on later', async ({ page, context, baseURL }) => {
		const host = new Player(page);
		const path = await host.start(SCENARIOS.release, { name: 'Hana' });
		await host.begin();
		const player = await another(context, baseURL);
		await player.join(path, 'Pia');
		await player.inRoom();
		await player.page.getByRole('button', { name: 'Room menu' }).click();
		await player.page.getByRole('menuitem', { name: /This is a real incident/ }).click();
		await player.dialog.getByRole('button', { name: 'Freeze the exercise' }).click();
		for (const one of [host, player]) await expect(one.page.getByText('Frozen.', { exact: true })).toBeVisible();
		await expect(player.page.getByRole('button', { name: 'Resume', exact: true })).toHaveCount(0);
		await page.getByRole('button', { name: 'Resume', exact: true }).click();
		for (const one of [host, player]) await expect(one.page.getByText('Frozen.', { exact: true })).toBeHidden();
	});

	test('an observer may freeze as well', async ({ page, context, baseURL }) => {
		const host = new Player(page);
		const path = await host.start(SCENARIOS.release, { name: 'Hana' });
		await host.begin();
		const watcher = await another(context, baseURL);
		await watcher.join(path, 'Otto', { as: /^Observer/ });
		await watcher.inRoom();
		await watcher.palette('This is a real incident');
		await watcher.dialog.getByRole('button', { name: 'Freeze the exercise' }).click();
		await expect(page.getByText('Frozen.', { exact: true })).toBeVisible();
	});

	test('a link that leads nowhere and a code that is none say so', async ({ page }) => {
		const response = await page.goto('/i/aaaa-9999');
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
		await page.getByRole('link', { name: 'Go to the start page' }).click();
		const code = page.getByLabel('Join with a code or a link');
		await code.fill('not a code');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('alert')).toContainText('A code has eight letters or digits');
		await code.fill('zzzz-2222');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
	});

	test('a run that is over lets people look, and nobody act', async ({ page, context, baseURL }) => {
		const host = new Player(page);
		const path = await host.start(SCENARIOS.release, { name: 'Hana' });
		await host.begin();
		await host.palette('End the run');
		await host.dialog.getByRole('button', { name: 'End the run' }).click();
		await expect(page.getByRole('heading', { name: /Three questions first/ })).toBeVisible();
		const late = await another(context, baseURL);
		await late.page.goto(path);
		await expect(late.page.getByText('It is over; the debrief is open to you.')).toBeVisible();
		await late.join(path, 'Lars');
		await expect(late.page.getByRole('heading', { name: /Three questions first/ })).toBeVisible();
		await late.page.getByRole('button', { name: 'Look at the room as it stood' }).click();
		await late.inRoom();
		await expect(late.talk.getByText('The channel is closed')).toBeVisible();
		await late.page.keyboard.press('Control+k');
		await late.page.getByRole('combobox', { name: 'Find an action' }).fill('Declare the incident');
		await expect(late.dialog.getByRole('option').first()).toContainText('The incident is over');
		await late.page.goto('/');
		await late.page
			.getByRole('link', { name: /^EX-.*First page/ })
			.first()
			.click();
		await expect(late.page).toHaveURL(/debrief/);
	});
});

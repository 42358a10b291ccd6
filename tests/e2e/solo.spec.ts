import { readFile } from 'node:fs/promises';
import { Player, PATIENCE_MS, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

test.describe('alone with the first scenario', () => {
	test('from the first click to an edited post-mortem', async ({ page, context }) => {
		test.setTimeout(240_000);
		const me = new Player(page);
		const broken: string[] = [];
		page.on('pageerror', (error) => broken.push(error.message));

		const path = await test.step('two clicks lead into the lobby', async () => {
			const opened = await me.start(SCENARIOS.release, { name: 'Ada', seed: 'solo' });
			await expect(page.getByText('EXERCISE').first()).toBeVisible();
			await expect(page.getByRole('button', { name: 'Sound the pager' })).toBeVisible();
			return opened;
		});
		await me.begin();

		await test.step('an alert of the shipped rules fires', async () => {
			await expect(me.footer).toContainText('All quiet');
			await me.hurry(() =>
				expect(me.alert('ApiErrorBudgetFastBurn', 'core-api')).toBeVisible({ timeout: PATIENCE_MS })
			);
			await expect(page).toHaveTitle(/^\(\d\) EXERCISE/);
		});

		await test.step('acknowledge, declare with the classification beside it, take seats', async () => {
			await me.acknowledgeAll();
			await expect(me.alert('ApiErrorBudgetFastBurn', 'core-api')).toContainText('Acknowledged by Ada');
			await me.next('Declare the incident');
			const dialog = page.getByRole('dialog', { name: 'Declare the incident' });
			for (const level of ['P1', 'P2', 'P3', 'P4'])
				await expect(dialog.getByRole('radio', { name: new RegExp(`^${level}`) })).toBeVisible();
			await dialog.getByRole('radio', { name: /^P1/ }).check();
			await dialog.getByLabel('What is wrong').fill('The API fails for one in four');
			await dialog.getByRole('button', { name: 'Declare P1' }).click();
			await expect(page.getByRole('heading', { level: 1, name: 'The API fails for one in four' })).toBeVisible();
			await me.takeSeat('Incident commander');
			await me.takeSeat('Technical lead');
			await me.takeSeat('Communications lead');
		});

		await test.step('look: dashboards, changes, logs, console', async () => {
			await me.openTool('Dashboards');
			await me.tools.getByLabel('Service', { exact: true }).selectOption('core-api');
			const errors = me.tools.getByRole('article', { name: /^Errors core-api/ });
			await expect(errors.locator('b')).toContainText('%');
			await me.openTool('Changes');
			await expect(me.tools.getByRole('heading', { name: 'core-api 4.18.0' })).toBeVisible();
			await me.openTool('Logs');
			await me.tools.getByRole('button', { name: /Errors/ }).click();
			await expect(me.tools.getByText('NullCurrency').first()).toBeVisible({ timeout: PATIENCE_MS });
			await me.console('kubectl rollout history deploy/core-api', 'core-api:4.18.0');
		});

		await test.step('pin what was found, say what it may mean', async () => {
			await me.tools.getByRole('button', { name: 'Pin this output' }).click();
			await me.dialog.getByLabel('What it shows').fill('4.18.0 went out three minutes before the errors');
			await me.dialog.getByRole('button', { name: 'Pin', exact: true }).click();
			await me.openTalk('Channel');
			await expect(me.talk.getByText('4.18.0 went out three minutes before the errors')).toBeVisible();
			await me.hypothesis('4.18.0 fails for some accounts; 4.17.2 does not');
			await me.openTalk('Hypotheses');
			const mine = me.talk.getByRole('article').filter({ hasText: '4.18.0 fails for some accounts' });
			await mine.getByRole('button', { name: 'Weigh evidence…' }).click();
			await mine.getByRole('button', { name: 'Speaks for it' }).click();
			await expect(mine.getByText('+ for')).toBeVisible();
		});

		await test.step('roll back, and see what moved', async () => {
			await me.status('Identified', 'All failing requests carry 4.18.0');
			await me.mitigate(/Roll core-api back/);
			await expect(me.tools.getByRole('progressbar', { name: /Roll core-api back/ })).toBeVisible();
			await me.publish({
				impact: 'One in four requests to the API fails.',
				action: 'We take the last release back.',
				state: 'Identified'
			});
		});

		await test.step('customers read it on the public status page', async () => {
			const customer = await context.newPage();
			await customer.goto(`${path}/status`);
			await expect(customer.getByText('EXERCISE').first()).toBeVisible();
			await expect(customer.getByText('One in four requests to the API fails.')).toBeVisible();
			await customer.close();
		});

		await test.step('watch it recover, verify, resolve', async () => {
			await me.openTool('Mitigations');
			await me.hurry(async () => {
				await expect(me.tools.getByText('carried out at')).toBeVisible({ timeout: PATIENCE_MS });
				await expect(me.alert('HighErrorRate', 'core-api')).toContainText(', after', { timeout: PATIENCE_MS });
			});
			await me.status('Monitoring');
			await me.resolve('Errors under half a percent for five minutes; prices tried by hand.');
		});

		await test.step('three questions before the truth', async () => {
			await me.answer({
				well: 'We asked first what had changed',
				surprised: 'How soon it was over',
				unclear: 'Why there was no canary'
			});
			await page.getByRole('link', { name: 'Go to the debrief' }).click();
			await expect(page.getByRole('heading', { name: 'The truth is still closed' })).toBeVisible();
			await expect(page.getByText('We asked first what had changed')).toBeVisible();
			await expect(page.getByRole('heading', { name: 'Scorecard' })).toHaveCount(0);
			await expect(page.getByText('formatter throws')).toHaveCount(0);
			await page.getByRole('button', { name: 'Open the truth and the scores' }).click();
		});

		await test.step('the debrief shows the truth, the figures, the scores and their events', async () => {
			await expect(page.getByRole('heading', { name: 'What really happened' })).toBeVisible();
			await expect(page.getByText('the new formatter throws for them').first()).toBeVisible();
			for (const figure of ['Recognised', 'Acknowledged', 'Declared', 'Mitigated', 'Resolved']) {
				const term = page.getByRole('term').filter({ hasText: new RegExp(`^${figure}$`) });
				await expect(term.locator('xpath=following-sibling::dd')).not.toContainText('not recorded');
			}
			const scores = page.getByRole('region', { name: 'Scorecard' });
			await expect(scores.getByText(/of 100/)).toBeVisible();
			const link = scores
				.getByRole('row')
				.filter({ hasText: /severity/i })
				.getByRole('link')
				.first();
			const target = (await link.getAttribute('href')) ?? '';
			await link.click();
			await expect(page.locator(target)).toBeInViewport();
			const futures = page.getByRole('region', { name: 'Other futures' });
			// They are simulated while people read: the page shows them when they are there.
			await expect(futures.getByRole('rowheader', { name: 'This run' })).toBeVisible({ timeout: 2 * PATIENCE_MS });
			await expect(futures.getByRole('rowheader', { name: 'Nobody acts' })).toBeVisible();
		});

		await test.step('the post-mortem is drafted, edited and exported', async () => {
			await page.getByRole('link', { name: 'Write the post-mortem' }).click();
			const title = page.getByLabel('Title', { exact: true });
			await expect(title).not.toHaveValue('', { timeout: PATIENCE_MS });
			await expect(page.getByLabel('Duration', { exact: true })).not.toHaveValue('');
			await expect(page.getByLabel(/^Entry \d+$/)).not.toHaveCount(0);
			await expect(page.getByLabel(/^Answer \d+$/)).not.toHaveCount(0);
			await page
				.getByLabel('Impact', { exact: true })
				.fill('One API request in four failed for some minutes: typed by Ada.');
			await page.getByRole('button', { name: 'Add a lesson' }).click();
			await page
				.getByLabel(/^lesson \d+$/)
				.last()
				.fill('Ask first what changed.');
			await expect(page.getByText('Everything is saved')).toBeVisible();
			await page.reload();
			await expect(page.getByLabel('Impact', { exact: true })).toHaveValue(/typed by Ada/, { timeout: PATIENCE_MS });
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('link', { name: 'Markdown' }).click()
			]);
			const markdown = await readFile(await download.path(), 'utf8');
			expect(markdown).toContain('One API request in four failed for some minutes: typed by Ada.');
			expect(markdown).toContain('Ask first what changed.');
			expect(markdown).toContain('EXERCISE');
		});
		expect(broken).toEqual([]);
	});
});

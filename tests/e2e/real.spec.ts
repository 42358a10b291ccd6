import { another, Player } from './play.ts';
import { ADMIN_SECRET, expect, test } from './test.ts';

test.describe('a real incident', () => {
	test('needs the administrator’s secret', async ({ page, request }) => {
		await page.goto('/');
		await page.getByRole('button', { name: 'Declare a real incident…' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel("Administrator's secret").fill('something else');
		await dialog.getByRole('button', { name: 'Continue' }).click();
		await expect(dialog.getByRole('alert')).toContainText(/secret/i);
		await expect(dialog.getByLabel('What is happening, in a few words')).toHaveCount(0);
		const refused = await request.post('/api/incidents', {
			data: { title: 'Checkout fails', severity: 'P2', summary: '', name: 'Ada' }
		});
		expect(refused.status()).toBe(403);
		const { code, message } = (await refused.json()) as { code: string; message: string };
		expect(code).toBe('forbidden');
		expect(message).toContain('needs the administrator');
	});

	test('runs through the same room to debrief and post-mortem', async ({ page, context, baseURL }) => {
		test.setTimeout(180_000);
		const me = new Player(page);

		const path = await test.step('declare', async () => {
			await page.goto('/');
			await page.getByRole('button', { name: 'Declare a real incident…' }).click();
			await me.dialog.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
			await me.dialog.getByRole('button', { name: 'Continue' }).click();
			await me.dialog.getByLabel('What is happening, in a few words').fill('Checkout fails for some customers');
			await me.dialog.getByLabel('Severity').selectOption('P1');
			await me.dialog.getByLabel('What is known so far').fill('Three tickets within five minutes');
			await me.dialog.getByLabel('Your name').fill('Ines');
			await me.dialog.getByRole('button', { name: 'Declare P1' }).click();
			await me.inRoom();
			await expect(page.getByText('REAL INCIDENT').first()).toBeVisible();
			await expect(page.getByText('EXERCISE')).toHaveCount(0);
			await expect(page).toHaveTitle(/REAL INCIDENT/);
			await expect(me.tools.getByRole('tab', { name: 'Dashboards' })).toHaveCount(0);
			return me.path;
		});

		await test.step('somebody else joins by the link, not by the code', async () => {
			const stranger = await another(context, baseURL);
			await stranger.join(me.path, 'Sam');
			await expect(stranger.page.getByRole('alert')).toContainText('open only to those with its link');
			await me.palette('Invite people');
			const link = (await me.dialog.getByText(/#join=/).textContent()) ?? '';
			await page.keyboard.press('Escape');
			// A fragment alone does not load a page anew.
			await stranger.page.goto('/');
			await stranger.join(link, 'Sam');
			await stranger.inRoom();
			await expect(stranger.page.getByText('REAL INCIDENT').first()).toBeVisible();
			await stranger.page.context().close();
		});

		await test.step('write down by hand what happened', async () => {
			const card = (name: string) => me.tools.locator('form').filter({ has: page.getByRole('heading', { name }) });
			const alert = card('An alert, or a report');
			await alert.getByLabel('Name').fill('CheckoutErrors');
			await alert.getByLabel('Service').fill('checkout');
			await alert.getByRole('button', { name: 'Record the alert' }).click();
			await expect(me.alert('CheckoutErrors', 'checkout')).toBeVisible();
			await me.alert('CheckoutErrors', 'checkout').getByRole('button', { name: 'Acknowledge' }).click();
			const impact = card('Impact on customers');
			await impact.getByLabel('Share of users').fill('15');
			await impact.getByRole('button', { name: 'Impact began' }).click();
			await expect(impact.getByText('15 % of users since')).toBeVisible();
			const change = card('A change of the system');
			await change.getByLabel('Service').fill('checkout');
			await change.getByLabel('What was changed').fill('checkout 5.2.0');
			await change.getByRole('button', { name: 'Record the change' }).click();
			const mitigation = card('A mitigation');
			await mitigation.getByLabel('What was done').fill('Rolled checkout back to 5.1.9');
			await mitigation.getByLabel('Did it work?').selectOption('yes');
			await mitigation.getByRole('button', { name: 'Record the mitigation' }).click();
			await impact.getByRole('checkbox', { name: 'It is over' }).check();
			await impact.getByRole('button', { name: 'Impact ended' }).click();
			await expect(impact.getByText('None recorded at present.')).toBeVisible();
			await me.openTool('Changes');
			await expect(me.tools.getByRole('heading', { name: 'checkout 5.2.0' })).toBeVisible();
			await me.openTool('Mitigations');
			await expect(me.tools.getByText('Rolled checkout back to 5.1.9')).toBeVisible();
		});

		await test.step('a link and a small file', async () => {
			await me.openTool('Links & files');
			await me.tools.getByRole('button', { name: 'Add a link…' }).click();
			await me.dialog.getByLabel('Address').fill('https://tickets.example/4711');
			await me.dialog.getByLabel('What it is').fill('The first ticket');
			await me.dialog.getByRole('button', { name: 'Add', exact: true }).click();
			await expect(me.tools.getByRole('link', { name: 'The first ticket' })).toHaveAttribute(
				'href',
				'https://tickets.example/4711'
			);
			const chooser = page.waitForEvent('filechooser');
			await me.tools.getByRole('button', { name: 'Add a file…' }).click();
			await (
				await chooser
			).setFiles({ name: 'errors.txt', mimeType: 'text/plain', buffer: Buffer.from('502 502 502') });
			const file = me.tools.getByRole('link', { name: 'errors.txt' });
			await expect(file).toBeVisible();
			const got = await page.request.get((await file.getAttribute('href')) ?? '');
			expect(await got.text()).toBe('502 502 502');
		});

		await test.step('tell customers, resolve, close', async () => {
			await me.publish({ impact: 'Some orders could not be paid.', action: 'We took a change back.' });
			const customer = await context.newPage();
			await customer.goto(`${me.path}/status`);
			await expect(customer.getByText('Some orders could not be paid.')).toBeVisible();
			await expect(customer.getByText('EXERCISE')).toHaveCount(0);
			await customer.close();
			await me.alert('CheckoutErrors', 'checkout').getByRole('button', { name: 'Resolved' }).click();
			await me.status('Monitoring');
			await me.resolve('Ten orders paid by hand, none failed.');
			await me.palette('Set status: closed');
			await me.dialog.getByRole('button', { name: 'Set closed' }).click();
		});

		await test.step('debrief and post-mortem come from the same log', async () => {
			await page.goto(`${path}/debrief`);
			await expect(page.getByText('REAL INCIDENT').first()).toBeVisible();
			const told = page.getByRole('region', { name: 'Timeline' });
			await expect(told.getByText('Rolled checkout back to 5.1.9').first()).toBeVisible();
			await expect(page.getByRole('region', { name: 'Scorecard' })).toBeVisible();
			await expect(page.getByRole('region', { name: 'Other futures' })).toHaveCount(0);
			await page.goto(`${path}/postmortem`);
			await expect(page.getByLabel('Title', { exact: true })).toHaveValue(/Checkout fails for some customers/, {
				timeout: 45_000
			});
			const entries = await Promise.all((await page.getByLabel(/^Entry \d+$/).all()).map((one) => one.inputValue()));
			expect(entries.join('\n')).toContain('Rolled checkout back to 5.1.9');
			await page.goto('/');
			await expect(page.getByRole('link', { name: /Checkout fails for some customers/ })).toContainText(
				'Real incident'
			);
		});

		await test.step('outsiders see neither', async () => {
			const stranger = await another(context, baseURL);
			for (const of of ['debrief', 'postmortem']) {
				const response = await stranger.page.goto(`${path}/${of}`);
				expect(response?.status()).toBe(403);
				await expect(stranger.page.getByText(/This is a real incident/)).toBeVisible();
			}
			await stranger.page.context().close();
		});
	});
});

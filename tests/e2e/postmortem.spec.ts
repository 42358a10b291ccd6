import { playToPostmortem, remember } from '../support/played-run.ts';
import { another, PATIENCE_MS } from './play.ts';
import { expect, test } from './test.ts';

test('two people write, review and publish a post-mortem, and its actions are tracked', async ({
	page,
	context,
	server
}) => {
	test.setTimeout(240_000);
	const { incidentId, host, other } = await playToPostmortem(server.url);
	const path = `/i/${incidentId}/postmortem`;
	await remember(context, server.url, host);
	const bens = await another(context, server.url);
	await remember(bens.page.context(), server.url, other);
	const [ada, ben] = [page, bens.page];
	const broken: string[] = [];
	for (const one of [ada, ben]) one.on('pageerror', (error) => broken.push(error.message));
	for (const one of [ada, ben]) {
		await one.goto(path);
		await expect(one.getByLabel('Title', { exact: true })).not.toHaveValue('', { timeout: PATIENCE_MS });
	}
	const missing = ada.getByRole('complementary', { name: 'What is still missing' });
	const whys = ada.getByRole('region', { name: 'Five whys plus' });

	await test.step('they see each other, and each other’s words', async () => {
		await expect(missing).toContainText('Ben');
		await expect(missing).toContainText('No answer is marked as a root cause.');
		await whys.getByLabel('Answer 2', { exact: true }).fill('No canary for this release, and no alerting per account');
		await expect(ben.getByLabel('Answer 2', { exact: true })).toHaveValue(/no alerting per account/);
	});

	await test.step('evidence comes from the log', async () => {
		await whys.getByRole('button', { name: 'Evidence from the log…' }).nth(1).click();
		const dialog = ada.getByRole('dialog', { name: 'Evidence for this answer' });
		await dialog.getByLabel('Search the log').fill('rollback core-api back');
		await dialog.getByLabel('Search the log').fill('Roll core-api back');
		await dialog.getByRole('checkbox', { name: /carried out/ }).check();
		await dialog.getByRole('button', { name: 'Link as evidence' }).click();
		await expect(ben.getByRole('region', { name: 'Five whys plus' })).toContainText(/Roll core-api back.*carried out/);
	});

	await test.step('a root cause ends its branch and brings two actions; factors are people’s decision', async () => {
		await whys.getByRole('checkbox', { name: 'root cause' }).nth(1).check();
		await expect(whys).toContainText('The branch ends here');
		await ben.getByRole('button', { name: 'Take both up' }).click();
		await expect(ada.getByLabel('Action 4', { exact: true })).toHaveValue(/^Detect: Early warning for No canary/);
		const factors = ben.getByRole('group', { name: 'Suggested factors' });
		await expect(factors).toContainText('“alerting” in answer 2');
		await factors.getByRole('button', { name: 'Confirm' }).last().click();
		await expect(ada.getByLabel(/^Factor \d+$/)).not.toHaveCount(0);
	});

	await test.step('blame is marked and never blocked; a comment is settled', async () => {
		await ada.getByRole('button', { name: 'Add a contributing factor' }).click();
		const line = ada.getByLabel('contributing factor 1', { exact: true });
		await line.fill('Ben should have noticed it');
		await expect(ada.getByText('“should have noticed”').first()).toBeVisible();
		await line.fill('The dashboard shows no errors per account');
		await expect(ada.getByText('“should have noticed”')).toHaveCount(0);
		await ben.getByRole('button', { name: 'More for contributing factor 1' }).click();
		await ben.getByRole('menuitem', { name: 'Comment' }).click();
		await ben.getByRole('textbox', { name: 'Comment on contributing factor 1' }).fill('Since when?');
		await ben.keyboard.press('Enter');
		const thread = ada.getByRole('group', { name: 'Comments on contributing factor 1' });
		await expect(thread).toContainText('Since when?');
		await thread.getByRole('button', { name: 'Settle' }).click();
		await expect(thread).toBeHidden();
	});

	await test.step('a corrected time is kept, and the figures follow it and say so', async () => {
		await ada.getByRole('button', { name: 'Correct: Resolved' }).click();
		const dialog = ada.getByRole('dialog', { name: 'Correct: Resolved' });
		const before = await dialog.getByLabel(/^Time/).inputValue();
		const [hours = '0', minutes = '0'] = before.split(':');
		const earlier = `${hours}:${String(Math.max(0, Number(minutes) - 1)).padStart(2, '0')}`;
		await dialog.getByLabel(/^Time/).fill(earlier);
		await dialog.getByLabel('Why it is corrected').fill('The graph was flat a minute before');
		await dialog.getByRole('button', { name: 'Correct it' }).click();
		await expect(dialog).toBeHidden();
		const moments = ada.getByRole('region', { name: 'Times that the figures count from' });
		await expect(moments).toContainText('follows corrected times');
		await expect(moments.getByRole('list', { name: 'Corrections of these times' })).toContainText(
			`${before} → ${earlier} by Ada`
		);
	});

	await test.step('review, publish; only then the truth beside it', async () => {
		await expect(ada.getByRole('heading', { name: 'Beside the truth' })).toHaveCount(0);
		await ada.getByRole('button', { name: 'Ask for review' }).click();
		await ben.getByRole('button', { name: 'Publish…' }).click();
		await ben.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
		await expect(ada.getByRole('list', { name: /^State: Published/ })).toBeVisible();
		await expect(ada.getByRole('article')).toContainText('Root cause analysis');
		await ada.getByText('Write', { exact: true }).click();
		await expect(ada.getByRole('region', { name: 'Beside the truth' })).toContainText(/Of \d+ parts of the truth/);
	});

	await test.step('actions are tracked beyond the post-mortem, without a new revision', async () => {
		await ada.goto('/actions');
		const action = ada.getByRole('listitem').filter({ hasText: 'Detect: Early warning for No canary' });
		await action.getByRole('combobox').selectOption('complete');
		await ada.getByText(/^Complete \(1\)/).click();
		await expect(action).toBeVisible();
		await ben.getByText('Write', { exact: true }).click();
		const status = ben.getByRole('group', { name: 'Action 4: who, when, how far' }).getByLabel('Status');
		await expect(status).toHaveValue('complete');
		await expect(ben.getByRole('list', { name: /^State: Published/ })).toBeVisible();
		const csv = await (await ada.request.get('/api/actions?format=csv')).text();
		expect(csv).toContain('Detect: Early warning for No canary');
		const calendar = await (await ada.request.get(`/api/incidents/${incidentId}/export?format=actions.ics`)).text();
		expect(calendar).toContain('BEGIN:VCALENDAR');
	});

	await test.step('whoever writes on opens a revision, and any version can be brought back', async () => {
		await ben.getByLabel('Root cause', { exact: true }).fill('Something else');
		await expect(ben.getByRole('list', { name: /^State: Draft of revision 2/ })).toBeVisible();
		await ben.getByRole('button', { name: 'History' }).click();
		const history = ben.getByRole('dialog', { name: 'History' });
		await history.getByRole('button', { name: /Published, revision 1/ }).click();
		await expect(history).toContainText('Executive summary: root cause');
		await history.getByRole('button', { name: 'Bring this version back' }).click();
		await expect(history.getByText('Brought back.')).toBeVisible();
		await ben.keyboard.press('Escape');
		await expect(ben.getByLabel('Root cause', { exact: true })).not.toHaveValue('Something else');
	});
	expect(broken).toEqual([]);
});

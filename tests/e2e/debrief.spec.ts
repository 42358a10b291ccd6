import { another, PATIENCE_MS, Player, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

test('two people look back: hot wash, replay, another future, a link that is withdrawn', async ({
	page,
	context,
	baseURL,
	browser
}) => {
	test.setTimeout(360_000);
	const ada = new Player(page);
	const tom = await another(context, baseURL);
	const path = await ada.start(SCENARIOS.release);
	await tom.join(path, 'Tom');
	await expect(tom.page.getByRole('heading', { name: 'Who is here' })).toBeVisible({ timeout: PATIENCE_MS });

	await test.step('an incident, as short as it can be', async () => {
		await ada.begin();
		await ada.hurry(async () => {
			await expect(ada.alert('HighErrorRate', 'core-api')).toBeVisible({ timeout: PATIENCE_MS });
		});
		await ada.declare('P1', 'Prices fail');
		await ada.palette('End the run');
		await ada.dialog.getByRole('button', { name: 'End the run' }).click();
	});

	await test.step('nobody reads another’s answers until both have written; then all follow the host', async () => {
		await ada.answer({ well: 'We declared at once', surprised: 'The noise', unclear: 'Who deploys' });
		await expect(page.getByText('Still to write: Tom')).toBeVisible();
		const question = tom.page.getByLabel('What went well?');
		await expect(question).toBeVisible({ timeout: PATIENCE_MS });
		await expect(tom.page.getByText('We declared at once')).toHaveCount(0);
		await question.fill('The map helped');
		await tom.page.getByRole('button', { name: 'Give my answers' }).click();
		await expect(page.getByText('The map helped')).toBeVisible();
		await expect(tom.page.getByText('We declared at once')).toBeVisible();
		await page.getByRole('button', { name: 'On to the moments' }).click();
		await expect(tom.page.getByRole('heading', { name: 'Moments to stop at' })).toBeVisible();
		const moments = tom.page.getByRole('list', { name: 'Moments' }).getByRole('listitem');
		await expect(moments.first()).toBeVisible();
		await expect(tom.page.getByText('What was so:')).toHaveCount(0);
		await page.getByRole('button', { name: 'Open the truth' }).click();
		await expect(tom.page.getByRole('heading', { name: 'What really happened', level: 1 })).toBeVisible();
		await page.getByRole('button', { name: 'On to the scores' }).click();
		await expect(tom.page.getByRole('region', { name: 'Scorecard' })).toBeVisible();
		await page.getByRole('button', { name: 'On to the four questions' }).click();
		for (const name of ['How hard was this on you?', /expected of me/, /saw and doubted/, /next incident/])
			await tom.page.getByRole('group', { name }).getByText('3', { exact: true }).click();
		await tom.page.getByRole('button', { name: 'Give my answers' }).click();
		await expect(tom.page.getByText('Thank you: that is kept.')).toBeVisible();
	});

	await test.step('the replay goes to a bookmark, and shows what was so there', async () => {
		await tom.page.goto(`${path}/replay`);
		await tom.page.getByRole('button', { name: /^Go to bookmark 1:/ }).click();
		await expect(tom.page.getByRole('region', { name: /^Bookmark:/ })).toBeVisible();
		await expect(tom.page.getByRole('region', { name: 'What was so' })).toContainText('of users affected', {
			timeout: PATIENCE_MS
		});
		await expect(tom.page.getByRole('region', { name: 'What each was doing' })).toContainText('Ada');
	});

	await test.step('another future is simulated beside this one', async () => {
		await tom.page.goto(`${path}/debrief/what-if`);
		await tom.page.getByRole('button', { name: 'Nobody acts' }).click();
		await expect(tom.page.getByRole('heading', { name: /^Nobody acts/ })).toBeVisible({ timeout: 2 * PATIENCE_MS });
		await expect(tom.page.getByText(/cut at the limit, after/)).toBeVisible();
	});

	await test.step('a link shows it to whoever has it, without names, until it is withdrawn', async () => {
		await page.goto(`${path}/debrief`);
		await page.getByRole('button', { name: 'Share this debrief…' }).click();
		await ada.dialog.getByLabel('For whom').fill('the board');
		await ada.dialog.getByRole('button', { name: 'Make the link' }).click();
		const url = await ada.dialog.getByLabel('Link for the board').inputValue();
		await ada.dialog.getByRole('button', { name: 'Done' }).click();
		const stranger = await (await browser.newContext()).newPage();
		await stranger.goto(url);
		await expect(stranger.getByRole('region', { name: 'Scorecard' })).toBeVisible();
		await expect(stranger.getByRole('region', { name: 'Timeline' })).toContainText('Person 1');
		await expect(stranger.getByText('Ada')).toHaveCount(0);
		await page.getByRole('button', { name: 'Withdraw the link for the board' }).click();
		await expect(page.getByText('1 withdrawn')).toBeVisible();
		await stranger.reload();
		await expect(stranger.getByRole('heading', { name: 'This link was withdrawn' })).toBeVisible();
		await stranger.context().close();
	});
	await tom.page.context().close();
});

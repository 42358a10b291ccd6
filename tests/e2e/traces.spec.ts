import { Player, PATIENCE_MS, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

test('from a log line to its trace and back, and a console that asks before it changes anything', async ({ page }) => {
	test.setTimeout(180_000);
	const me = new Player(page);
	await me.start(SCENARIOS.release, { name: 'Ada', seed: 'traces' });
	await me.begin();
	await me.hurry(() => expect(me.alert('ApiErrorBudgetFastBurn', 'core-api')).toBeVisible({ timeout: PATIENCE_MS }));

	await test.step('a failing request, span by span', async () => {
		await me.openTool('Logs');
		await me.tools.getByLabel('Service', { exact: true }).selectOption('core-api');
		await me.tools
			.getByRole('group', { name: 'Levels' })
			.getByRole('button', { name: /Errors/ })
			.click();
		const line = me.tools.getByRole('button', { name: /unhandled exception .*NullCurrency/ }).first();
		await expect(line).toBeVisible({ timeout: PATIENCE_MS });
		// The list follows the clock: the line that is opened is the one that is looked at.
		await expect(async () => {
			if (!(await me.tools.getByRole('button', { name: 'Open the trace' }).first().isVisible())) await line.click();
			await me.tools.getByRole('button', { name: 'Open the trace' }).first().click({ timeout: 2_000 });
		}).toPass({ timeout: PATIENCE_MS });
		const spans = me.tools.getByRole('list', { name: 'Spans' });
		await expect(spans.getByRole('listitem').first()).toContainText('edge-lb', { timeout: PATIENCE_MS });
		await expect(spans).toContainText('core-api');
		await expect(spans.getByText('NullCurrency').first()).toBeVisible();
		await expect(me.tools.getByText('critical path')).toBeVisible();
	});

	await test.step('it is pinned, and leads back to its line', async () => {
		await me.tools.getByRole('button', { name: 'Pin', exact: true }).click();
		await me.dialog.getByRole('button', { name: 'Pin', exact: true }).click();
		await expect(me.dialog).toBeHidden();
		await me.openTalk('Channel');
		await expect(me.talk.getByText(/edge-lb .*failed/).first()).toBeVisible();
		await me.tools.getByRole('button', { name: 'Its log lines' }).click();
		await expect(me.tools.getByRole('button', { name: /NullCurrency/ })).toHaveCount(1, { timeout: PATIENCE_MS });
	});

	await test.step('the console shows the cluster, and asks before it rolls back', async () => {
		await me.console('kubectl get pods -l app=core-api', 'Running');
		const command = me.tools.getByLabel('Command', { exact: true });
		await command.fill('kubectl describe deploy cor');
		await expect(me.tools.getByRole('button', { name: 'kubectl describe deploy core-api' })).toBeVisible();
		await command.fill('kubectl delete pod core-api');
		await command.press('Enter');
		await expect(me.tools.getByText('would change the system')).toBeVisible();
		await command.fill('kubectl rollout undo deployment core-api');
		await command.press('Enter');
		const dialog = page.getByRole('dialog', { name: /Roll core-api back/ });
		await dialog.getByRole('button', { name: 'Apply it' }).click();
		await expect(dialog).toBeHidden();
		await me.openTool('Mitigations');
		await expect(me.tools.getByRole('progressbar', { name: /Roll core-api back/ })).toBeVisible();
	});
});

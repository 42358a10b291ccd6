import { PATIENCE_MS } from './play.ts';
import { expect, test } from './test.ts';

const RULES = `groups:
  - name: ours
    rules:
      - alert: CoreApiFails
        expr: sum(rate(http_requests_total{service="core-api",status=~"5.."}[1m])) / sum(rate(http_requests_total{service="core-api"}[1m])) > 0.05
        labels: { severity: page }
      - alert: Broken
        expr: sum(rate(up[5m])
`;

test('a team’s own rules are rehearsed, and what is wrong with them is said with its place', async ({ page }) => {
	await page.goto('/rehearse');
	const rules = page.getByLabel('Rule file');
	const start = page.getByRole('button', { name: 'Rehearse', exact: true });
	await test.step('nothing to rehearse is said beside the field', async () => {
		await start.click();
		await expect(page.getByText('Paste a rule file, or choose one.')).toBeVisible();
	});
	await test.step('a rule that cannot be read is named with its line, and does not stop the others', async () => {
		await rules.fill(RULES);
		await page.getByText(/^Scenarios: /).click();
		await page.getByRole('button', { name: 'Choose none' }).click();
		await page.getByRole('checkbox', { name: /First page: errors climb/ }).check();
		await start.click();
		const problems = page.getByRole('listitem').filter({ hasText: 'rules.yaml:8:31' });
		await expect(problems).toContainText('expected "," or ")"', { timeout: PATIENCE_MS });
	});
	await test.step('the table says when each fires, against the impact', async () => {
		const result = page.getByRole('region', { name: 'First page: errors climb' });
		await expect(result.getByRole('row', { name: /CoreApiFails/ })).toContainText(/\d:\d\d (before|after)/, {
			timeout: 120_000
		});
		await expect(result.getByRole('row', { name: /ApiErrorBudgetFastBurn/ }).first()).toBeVisible();
		await expect(page.getByRole('heading', { name: '2 rules over 1 scenario' })).toBeVisible();
	});
});

import type { Locator } from '@playwright/test';
import { PATIENCE_MS, Player, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

const P99 = 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))';

test('a panel of one’s own is written, drawn, looked at and kept; logs are filtered and searched', async ({ page }) => {
	test.setTimeout(180_000);
	const me = new Player(page);
	await me.start(SCENARIOS.release);
	await me.begin();
	const { tools } = me;

	await test.step('the editor completes the run’s own metrics by keyboard, and says where a query is wrong', async () => {
		await tools.getByText('My panels').click();
		await tools.getByRole('button', { name: 'Add a panel' }).click();
		await expect(tools.locator('.cm-content')).toBeFocused({ timeout: PATIENCE_MS });
		await page.keyboard.type('sum(http_requests_tot', { delay: 20 });
		const option = page.getByRole('option', { name: /http_requests_total/ });
		await expect(option).toBeVisible({ timeout: PATIENCE_MS });
		// A key that comes in the same moment as the list is taken to be meant for the text: then the list is asked for again.
		await expect(async () => {
			if (!(await option.isVisible())) await page.keyboard.press('Control+Space');
			await expect(option).toBeVisible({ timeout: 2_000 });
			await page.keyboard.press('Enter');
			await expect(tools.locator('.cm-content')).toContainText('sum(http_requests_total', { timeout: 1_000 });
		}).toPass({ timeout: PATIENCE_MS });
		await page.keyboard.press('Control+a');
		await page.keyboard.insertText('sum(rate(http_requests_total[5m])');
		await page.keyboard.press('Enter');
		await expect(tools.getByRole('alert')).toContainText('1:34', { timeout: PATIENCE_MS });
	});

	await test.step('a quantile of the run’s latencies is drawn, and a line looked at alone', async () => {
		await page.keyboard.press('Control+a');
		await page.keyboard.insertText(P99);
		await page.keyboard.press('Enter');
		const line = tools.getByRole('table', { name: 'Lines' }).getByRole('button', { name: 'core-api', exact: true });
		await expect(line).toBeVisible({ timeout: PATIENCE_MS });
		await expect(tools.getByRole('img', { name: /3 lines/ })).toBeVisible();
		await line.click();
		await expect(tools.getByRole('button', { name: 'edge-lb', exact: true })).toHaveAttribute('aria-pressed', 'false');
		await line.click();
		await expect(tools.getByRole('button', { name: 'edge-lb', exact: true })).toHaveAttribute('aria-pressed', 'true');
		await tools.getByRole('button', { name: 'Done', exact: true }).click();
	});

	await test.step('a request behind the quantile leads to its trace', async () => {
		const chart = tools.getByRole('img', { name: /3 lines/ });
		await expect(async () => {
			expect(await reachForDot(chart)).toBe(true);
		}).toPass({ timeout: PATIENCE_MS });
		await expect(tools.getByRole('button', { name: 'Its log lines' })).toBeVisible({ timeout: PATIENCE_MS });
		await me.openTool('Dashboards');
	});

	await test.step('the panel is there again after a reload', async () => {
		await page.reload();
		await me.inRoom();
		await tools.getByText('My panels').click();
		await expect(tools.getByRole('img', { name: /3 lines/ })).toBeVisible({ timeout: PATIENCE_MS });
	});

	await test.step('logs are filtered by a field, and by a pattern that has to be one', async () => {
		await me.openTool('Logs');
		const rows = tools.getByRole('log').locator('.record');
		await expect(rows.first()).toBeVisible({ timeout: PATIENCE_MS });
		await tools.getByRole('searchbox').fill('http.route=/v1/prices');
		await page.keyboard.press('Enter');
		await expect(tools.getByRole('list', { name: 'Filters' })).toContainText('/v1/prices');
		await expect(rows.filter({ hasText: '/v1/orders' })).toHaveCount(0, { timeout: PATIENCE_MS });
		await rows.first().getByRole('button').first().click();
		await tools.getByRole('button', { name: 'GET', exact: true }).first().click();
		await expect(tools.getByRole('list', { name: 'Filters' })).toContainText('http.request.method');
		await tools.getByRole('button', { name: /regular expression/ }).click();
		await tools.getByRole('searchbox').fill('(');
		await expect(tools.getByRole('alert').filter({ hasText: 'no regular expression' })).toBeVisible({
			timeout: PATIENCE_MS
		});
		await tools.getByRole('searchbox').fill('^GET /v1/prices 2');
		await expect(tools.getByRole('alert').filter({ hasText: 'no regular expression' })).toHaveCount(0, {
			timeout: PATIENCE_MS
		});
		await expect(rows.first()).toContainText('GET /v1/prices 2');
	});
});

/** Moves over a chart until a single request is under the pointer, and presses there. */
function reachForDot(chart: Locator): Promise<boolean> {
	return chart.evaluate(async (element) => {
		const { left, top, width, height } = element.getBoundingClientRect();
		for (let x = 50; x < width; x += 5) {
			for (let y = 4; y < height - 20; y += 5) {
				const at = { bubbles: true, clientX: left + x, clientY: top + y };
				element.dispatchEvent(new PointerEvent('pointermove', at));
				await Promise.resolve();
				if (!element.querySelector('.dot')) continue;
				element.dispatchEvent(new PointerEvent('pointerup', at));
				return true;
			}
		}
		return false;
	});
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PATIENCE_MS, Player, SCENARIOS, type Talk, type Tool } from './play.ts';
import { ADMIN_SECRET, expect, test } from './test.ts';

const TOOLS: Tool[] = [
	'Dashboards',
	'Changes',
	'Logs',
	'Traces',
	'Mitigations',
	'Runbooks',
	'Map',
	'Console',
	'Links & files'
];
const TALKS: Talk[] = ['Channel', 'Command', 'Hypotheses', 'Updates', 'Timeline', 'Run'];

/** What axe holds for serious, in the light theme; in the dark one only colours can differ. */
async function problems(page: Page, where: string): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const axe = new AxeBuilder({ page });
		if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
		else axe.withRules(['color-contrast']);
		const { violations } = await axe.analyze();
		for (const { id, impact, nodes } of violations) {
			if (impact !== 'serious' && impact !== 'critical') continue;
			const targets = nodes.slice(0, 3).map((node) => `${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`);
			found.push(`${where}, ${colorScheme}: ${id} at ${targets.join(' | ')}`);
		}
	}
	return found;
}

/** What does not fit: a page that scrolls sideways, a tab or a button that is cut off. */
async function misfits(page: Page, where: string): Promise<string[]> {
	// A frame, so that what measures itself has had its turn.
	const found = await page.evaluate(async () => {
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		const list: string[] = [];
		const root = document.documentElement;
		if (root.scrollWidth > root.clientWidth) list.push(`the page is ${root.scrollWidth} px wide`);
		for (const element of document.querySelectorAll<HTMLElement>('[role=tab], .btn, nav button')) {
			const box = element.getBoundingClientRect();
			if (box.width === 0 || element.closest('[aria-hidden=true], .visually-hidden')) continue;
			const name = (element.textContent ?? '').trim() || (element.ariaLabel ?? '');
			if (box.right > root.clientWidth + 1 || box.left < -1) list.push(`“${name}” reaches out of the page`);
			else if (element.scrollWidth > element.clientWidth + 1) list.push(`“${name}” is cut off`);
			const row = element.closest('[role=tablist]')?.getBoundingClientRect();
			if (row && box.right > row.right + 1) list.push(`“${name}” is cut off by its row`);
		}
		return list;
	});
	return found.map((problem) => `${where}: ${problem}`);
}

/** The pages that a debrief leads to, once the truth is open. */
async function lookBack(page: Page, path: string, look: (where: string) => Promise<unknown>): Promise<void> {
	await page.goto(`${path}/replay`);
	await expect(page.getByRole('region', { name: 'What was so' })).toContainText('of users affected', {
		timeout: PATIENCE_MS
	});
	await look('replay');
	await page.goto(`${path}/debrief/what-if`);
	await expect(page.getByRole('button', { name: 'Nobody acts' })).toBeVisible({ timeout: PATIENCE_MS });
	await look('what if');
	await page.goto(`${path}/debrief/report`);
	await expect(page.getByRole('heading', { name: 'Improvement plan' })).toBeVisible();
	await look('after-action report');
}

test('nothing serious or critical on any page, in both themes', async ({ page }) => {
	test.setTimeout(420_000);
	const me = new Player(page);
	const found: string[] = [];
	const look = async (where: string) => found.push(...(await problems(page, where)));

	await page.goto('/');
	await look('home');
	await page.getByRole('button', { name: SCENARIOS.release }).click();
	await expect(me.dialog.getByLabel('Your name')).toBeVisible();
	await look('start dialog');
	await page.keyboard.press('Escape');
	await page.goto('/scenarios');
	await look('library');
	await page.goto('/scenarios/high-error-rate-bad-deploy');
	await page.getByText('What gives something away').click();
	await look('a scenario');
	await page.goto('/settings');
	await look('settings');
	await page.getByLabel("Administrator's secret").fill(ADMIN_SECRET);
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('button', { name: 'Save the classification' })).toBeVisible();
	await look('settings of the administrator');

	const path = await me.start(SCENARIOS.release);
	await look('lobby');
	await me.begin();
	await me.hurry(() => expect(me.alert('ApiErrorBudgetFastBurn')).toBeVisible({ timeout: PATIENCE_MS }));
	await look('room with an alert');
	await page.keyboard.press('Control+k');
	await look('palette');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+k');
	await me.dialog.getByRole('combobox').fill('Declare the incident');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog', { name: 'Declare the incident' })).toBeVisible();
	await look('declare dialog');
	await page.keyboard.press('Escape');
	await me.declare('P1', 'The API fails');
	await me.takeSeat('Incident commander');
	await me.hypothesis('4.18.0 fails');
	await me.publish({ impact: 'Requests fail.', action: 'We look.' });
	await me.console('kubectl rollout history deploy/core-api', '4.18.0');
	await me.tools.getByRole('button', { name: 'Pin this output' }).click();
	await me.dialog.getByRole('button', { name: 'Pin', exact: true }).click();
	await me.mitigate(/Restart the pods/);
	for (const tool of TOOLS) {
		await me.openTool(tool);
		await look(tool);
	}
	await me.openTool('Runbooks');
	await me.tools.getByRole('listitem').getByRole('button').first().click();
	await look('a runbook');
	for (const talk of TALKS) {
		await me.openTalk(talk);
		await look(talk);
	}
	await page.goto(`${path}/status`);
	await look('status page');
	await page.goto(path);
	await me.inRoom();
	await me.palette('End the run');
	await me.dialog.getByRole('button', { name: 'End the run' }).click();
	await expect(page.getByRole('heading', { name: /Three questions first/ })).toBeVisible();
	await look('three questions');
	await me.answer({ well: 'a', surprised: 'b', unclear: 'c' });
	await page.goto(`${path}/debrief`);
	await look('debrief before the truth');
	await page.getByRole('button', { name: 'Open the truth and the scores' }).click();
	await expect(page.getByRole('heading', { name: 'What really happened' })).toBeVisible();
	await look('debrief');
	await lookBack(page, path, look);
	await page.goto(`${path}/postmortem`);
	await expect(page.getByLabel('Title', { exact: true })).not.toHaveValue('', { timeout: PATIENCE_MS });
	await look('post-mortem');
	expect(found).toEqual([]);
});

test('everything is within reach at 390 px and nothing is cut off at 1280', async ({ page }) => {
	test.setTimeout(420_000);
	const me = new Player(page);
	const found: string[] = [];
	const look = async (where: string) => found.push(...(await misfits(page, `${page.viewportSize()?.width}: ${where}`)));
	const both = async (where: string) => {
		for (const width of [1280, 390]) {
			await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
			await look(where);
		}
	};

	await page.goto('/');
	await both('home');
	await page.goto('/settings');
	await both('settings');
	await page.setViewportSize({ width: 1280, height: 800 });
	const path = await me.start(SCENARIOS.cache, { name: 'Wilhelmina Featherstonehaugh' });
	await both('lobby');
	await page.setViewportSize({ width: 1280, height: 800 });
	await me.begin();
	await me.hurry(() => expect(me.alert('ServiceMemoryHigh')).toBeVisible({ timeout: PATIENCE_MS }));
	await me.declare('P2', 'Requests to the API stall for some of our customers in Europe');
	await me.takeSeat('Incident commander');
	await me.takeSeat('Technical lead');
	await me.publish({ impact: 'Requests stall.', action: 'We look.' });
	for (const tool of TOOLS) {
		await me.openTool(tool);
		await look(tool);
	}
	for (const talk of TALKS) {
		await me.openTalk(talk);
		await look(talk);
	}

	await page.setViewportSize({ width: 390, height: 844 });
	const dock = page.getByRole('navigation', { name: 'Places' });
	const go = async (place: string) => {
		await dock.getByRole('button', { name: place }).click();
		await expect(dock.getByRole('button', { name: place })).toHaveAttribute('aria-current', 'page');
	};
	await go('Pager');
	await expect(me.alert('ServiceMemoryHigh')).toBeVisible();
	await look('pager');
	await go('Tools');
	for (const tool of TOOLS) {
		await me.openTool(tool);
		await look(tool);
	}
	await go('Channel');
	for (const talk of TALKS) {
		await me.openTalk(talk);
		await look(talk);
	}
	await go('Updates');
	await expect(me.talk.getByRole('heading', { name: 'Write an update' })).toBeVisible();
	await go('You');
	await expect(page.getByRole('button', { name: 'This is a real incident' })).toBeVisible();
	await look('you');
	await me.palette('End the run');
	await look('a dialog');
	await me.dialog.getByRole('button', { name: 'End the run' }).click();
	await expect(page.getByRole('heading', { name: /Three questions first/ })).toBeVisible();
	await both('three questions');
	await me.answer({ well: 'a', surprised: 'b', unclear: 'c' });
	await page.goto(`${path}/debrief`);
	await page.getByRole('button', { name: 'Open the truth and the scores' }).click();
	await expect(page.getByRole('heading', { name: 'What really happened' })).toBeVisible();
	await both('debrief');
	await lookBack(page, path, both);
	await page.goto(`${path}/postmortem`);
	await expect(page.getByLabel('Title', { exact: true })).not.toHaveValue('', { timeout: PATIENCE_MS });
	await both('post-mortem');
	await page.goto(`${path}/status`);
	await both('status page');
	expect(found).toEqual([]);
});

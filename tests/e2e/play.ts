// What a person does in the browser, in the words of the page. Every helper waits for what that person would wait for.

import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

export const SCENARIOS = {
	release: /^Start: First page/,
	cache: /^Start: INC-2024-001/,
	pool: /^Start: .*(pool|connection)/i
} as const;

export type Speed = 1 | 2 | 5 | 10 | 30 | 60;
export type Tool =
	'Dashboards' | 'Changes' | 'Logs' | 'Traces' | 'Mitigations' | 'Runbooks' | 'Map' | 'Console' | 'Links & files';
export type Talk = 'Channel' | 'Command' | 'Hypotheses' | 'Updates' | 'Timeline' | 'Run';
export type SeatName = 'Incident commander' | 'Technical lead' | 'Communications lead' | 'Scribe';

interface StartOptions {
	name?: string;
	facilitate?: boolean;
	seed?: string;
}
interface UpdateWords {
	impact: string;
	action: string;
	state?: string;
}

/** How long the slowest thing may take on a busy machine. Nothing is asserted about time. */
export const PATIENCE_MS = 45_000;

/** One person at one browser. */
export class Player {
	readonly page: Page;
	readonly footer: Locator;
	readonly tools: Locator;
	readonly talk: Locator;
	readonly pager: Locator;
	readonly dialog: Locator;

	constructor(page: Page) {
		this.page = page;
		this.footer = page.getByRole('contentinfo', { name: 'Next step' });
		this.tools = page.getByRole('region', { name: 'Tools', exact: true });
		this.talk = page.getByRole('region', { name: 'Coordination', exact: true });
		this.pager = page.getByRole('complementary', { name: 'Pager' });
		this.dialog = page.getByRole('dialog');
	}

	/** Path of the incident that is open: `/i/k7m2-9xqp`. */
	get path(): string {
		return /^\/i\/[^/]+/.exec(new URL(this.page.url()).pathname)?.[0] ?? '';
	}

	/** From the home page into the lobby: a card, a name, start. Gives the path of the incident. */
	async start(card: RegExp, { name = 'Ada', facilitate = false, seed }: StartOptions = {}): Promise<string> {
		await this.page.goto('/');
		await this.page.getByRole('button', { name: card }).click();
		await this.dialog.getByLabel('Your name').fill(name);
		if (facilitate || seed !== undefined) await this.dialog.getByText('More choices').click();
		if (facilitate) await this.dialog.getByRole('checkbox', { name: /I facilitate/ }).check();
		if (seed !== undefined) await this.dialog.getByLabel(/^Seed/).fill(seed);
		await this.dialog.getByRole('button', { name: 'Start', exact: true }).click();
		await expect(this.page.getByRole('heading', { name: 'Who is here' })).toBeVisible({ timeout: PATIENCE_MS });
		return this.path;
	}

	/** Joins by a path or a link, as somebody who was told of it. */
	async join(path: string, name: string, options: { as?: RegExp; seat?: SeatName } = {}): Promise<void> {
		await this.page.goto(path);
		await this.page.getByLabel('Your name').fill(name);
		if (options.as) {
			const choice = this.page.getByLabel('Take part as');
			await choice.selectOption({ label: (await choice.getByText(options.as).textContent()) ?? '' });
		}
		if (options.seat) await this.page.getByLabel('A seat').selectOption({ label: options.seat });
		await this.page.getByRole('button', { name: 'Join', exact: true }).click();
	}

	async begin(): Promise<void> {
		await this.page.getByRole('button', { name: 'Begin', exact: true }).click();
		await this.inRoom();
	}

	async inRoom(): Promise<void> {
		await expect(this.footer).toBeVisible({ timeout: PATIENCE_MS });
	}

	/** Opens the command palette, finds an action by words and does it. */
	async palette(words: string): Promise<void> {
		await this.page.keyboard.press('Control+k');
		const palette = this.page.getByRole('dialog', { name: 'Command palette' });
		await palette.getByRole('combobox').fill(words);
		const option = palette.getByRole('option').first();
		await expect(option).toContainText(words);
		await this.page.keyboard.press('Enter');
		await expect(palette).toBeHidden();
	}

	async speed(speed: Speed): Promise<void> {
		await this.palette(`Speed ${speed}×`);
		await expect(this.page.getByRole('banner').getByText(`${speed}×`)).toBeVisible();
	}

	/**
	 * Lets simulated time run fast until something is there, then at the speed of people again. Not as fast as it can: on a
	 * busy machine minutes of a short run would pass before a browser has drawn the first of them.
	 */
	async hurry(until: () => Promise<void>, speed: Speed = 10): Promise<void> {
		await this.speed(speed);
		await until();
		await this.speed(1);
	}

	/** Lets the rest of a run pass quickly. It may be over before its clock has been asked to hurry. */
	async playOut(): Promise<void> {
		const over = this.page.getByRole('heading', { name: /Three questions first/ });
		const hurried = this.speed(30).catch(() => undefined);
		await Promise.race([hurried, over.waitFor({ timeout: PATIENCE_MS })]);
	}

	openTool(name: Tool): Promise<void> {
		return this.#openTab(this.tools, 'Tools', name);
	}

	openTalk(name: Talk): Promise<void> {
		return this.#openTab(this.talk, 'Coordination', name);
	}

	/** A tab that does not fit stands in a menu beside the others. */
	async #openTab(column: Locator, label: string, name: string): Promise<void> {
		const tab = column.getByRole('tablist', { name: label }).getByRole('tab', { name });
		if (await tab.isVisible()) await tab.click();
		else {
			await column.getByRole('button', { name: /^More/ }).click();
			await this.page.getByRole('menuitem', { name }).click();
		}
		await expect(tab).toHaveAttribute('aria-selected', 'true');
	}

	alert(name: string, service = ''): Locator {
		return this.pager.getByRole('article', { name: `${name} ${service}`.trim() });
	}

	/** Presses the one next step that the footer offers. A page that comes in between is acknowledged first. */
	async next(name: string | RegExp): Promise<void> {
		const wanted = this.footer.getByRole('button', { name });
		const waiting = this.footer.getByRole('button', { name: /^Acknowledge/ });
		await expect(async () => {
			if (!(await wanted.isVisible()) && (await waiting.isVisible())) await waiting.click({ timeout: 2_000 });
			await wanted.click({ timeout: 2_000 });
		}).toPass({ timeout: PATIENCE_MS });
	}

	/** Acknowledges what waits for somebody, one after another as the footer offers it. */
	async acknowledgeAll(): Promise<void> {
		const waiting = this.footer.getByRole('button', { name: /^Acknowledge/ });
		await waiting.click();
		await expect(async () => {
			// The next step may take its place meanwhile: then there is nothing left to press.
			if (await waiting.isVisible()) await waiting.click({ timeout: 2_000 });
			await expect(waiting).toBeHidden({ timeout: 2_000 });
		}).toPass({ timeout: PATIENCE_MS });
	}

	async declare(severity: 'P1' | 'P2' | 'P3' | 'P4', title: string): Promise<void> {
		await this.palette('Declare the incident');
		const dialog = this.page.getByRole('dialog', { name: 'Declare the incident' });
		await dialog.getByRole('radio', { name: new RegExp(`^${severity}`) }).check();
		await dialog.getByLabel('What is wrong, as customers would say it').fill(title);
		await dialog.getByRole('button', { name: `Declare ${severity}` }).click();
		await expect(dialog).toBeHidden();
		await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	}

	async takeSeat(name: SeatName): Promise<void> {
		await this.palette(`Take ${name.toLowerCase()}`);
		await expect(this.footer).toContainText(name);
	}

	/** Types a command in the console and waits for its output. */
	async console(command: string, output: string | RegExp): Promise<void> {
		await this.openTool('Console');
		await this.tools.getByLabel('Command', { exact: true }).fill(command);
		await this.page.keyboard.press('Enter');
		await expect(this.tools.getByLabel(`Output of ${command}`)).toContainText(output, { timeout: PATIENCE_MS });
	}

	async mitigate(name: RegExp): Promise<void> {
		await this.openTool('Mitigations');
		await this.tools.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Apply…' }).click();
		const dialog = this.page.getByRole('dialog', { name });
		await expect(dialog.getByText('It cannot be called back')).toBeVisible();
		const agreed = dialog.getByRole('checkbox', { name: /has agreed/ });
		if (await agreed.isVisible()) await agreed.check();
		await dialog.getByRole('button', { name: 'Apply it' }).click();
		await expect(dialog).toBeHidden();
	}

	async publish({ impact, action, state }: UpdateWords): Promise<void> {
		await this.openTalk('Updates');
		if (state) await this.talk.getByLabel('State').selectOption({ label: state });
		await this.talk.getByLabel('Impact', { exact: true }).fill(impact);
		await this.talk.getByLabel('What we are doing').fill(action);
		await this.talk.getByRole('button', { name: /^Publish/ }).click();
		await expect(this.talk.getByRole('article').filter({ hasText: impact })).toBeVisible();
	}

	async status(name: 'Identified' | 'Mitigating' | 'Monitoring', note = ''): Promise<void> {
		await this.palette(`Set status: ${name.toLowerCase()}`);
		const dialog = this.page.getByRole('dialog', { name: `Status: ${name.toLowerCase()}` });
		if (note) await dialog.getByLabel('Note').fill(note);
		await dialog.getByRole('button', { name: `Set ${name.toLowerCase()}` }).click();
		await expect(dialog).toBeHidden();
	}

	async resolve(verified: string): Promise<void> {
		await this.palette('Set status: resolved');
		const dialog = this.page.getByRole('dialog', { name: /^Resolve/ });
		await dialog.getByLabel('What was watched').fill(verified);
		await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	async hypothesis(text: string): Promise<void> {
		await this.palette('Propose a hypothesis');
		const dialog = this.page.getByRole('dialog', { name: 'Propose a hypothesis' });
		await dialog.getByLabel('What would explain what we see?').fill(text);
		await dialog.getByRole('button', { name: 'Propose' }).click();
		await expect(dialog).toBeHidden();
	}

	/** Answers the three questions that stand between the end and the truth. */
	async answer(words: { well: string; surprised: string; unclear: string }): Promise<void> {
		await expect(this.page.getByRole('heading', { name: /Three questions first/ })).toBeVisible({
			timeout: PATIENCE_MS
		});
		await this.page.getByLabel('What went well?').fill(words.well);
		await this.page.getByLabel('What surprised you?').fill(words.surprised);
		await this.page.getByLabel('What is unclear?').fill(words.unclear);
		await this.page.getByRole('button', { name: 'Give my answers' }).click();
		await expect(this.page.getByText('Your answers are in.')).toBeVisible();
	}
}

/** A browser of its own for another person: nothing is shared, as between two machines. */
export async function another(context: BrowserContext, baseURL: string | undefined): Promise<Player> {
	const browser = context.browser();
	if (!browser) throw new Error('This context belongs to no browser.');
	const own = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
	return new Player(await own.newPage());
}

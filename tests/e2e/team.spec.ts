import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { startServer } from '../support/server.ts';
import { another, PATIENCE_MS, Player, SCENARIOS } from './play.ts';

const muster = fileURLToPath(new URL('../../src/cli/muster.mjs', import.meta.url));

// This server is killed on the way, so it is nobody else's.
base.describe('a team with INC-2024-001', () => {
	base('survives a crash and ends in one post-mortem', async ({ browser }, info) => {
		base.setTimeout(480_000);
		let server = await startServer();
		const { dataDir, url } = server;
		const port = Number(new URL(url).port);
		try {
			const context = await browser.newContext({ baseURL: url });
			const carla = new Player(await context.newPage());
			const tom = await another(context, url);
			const lea = await another(context, url);

			const path = await base.step('a commander and a technical lead meet in the lobby', async () => {
				const opened = await carla.start(SCENARIOS.cache, { name: 'Carla', seed: 'team' });
				await carla.page.getByRole('button', { name: 'Take Incident commander' }).click();
				await tom.join(opened, 'Tom', { seat: 'Technical lead' });
				await expect(tom.page.getByText('The host begins when everyone is ready.')).toBeVisible();
				await expect(carla.page.getByRole('region', { name: 'Who is here' })).toContainText('Tom');
				await carla.begin();
				await tom.inRoom();
				return opened;
			});

			await base.step('both are paged; one acknowledges, the other declares', async () => {
				await carla.hurry(
					() => expect(tom.alert('ServiceMemoryHigh', 'cache-lib-svc')).toBeVisible({ timeout: PATIENCE_MS }),
					30
				);
				await expect(carla.pager).toContainText('1 firing');
				await tom.next('Acknowledge ServiceMemoryHigh');
				await expect(tom.alert('ServiceMemoryHigh')).toContainText('Acknowledged by Tom');
				await carla.declare('P2', 'Requests to the API stall');
				await expect(tom.page.getByRole('heading', { level: 1 })).toHaveText('Requests to the API stall');
			});

			await base.step('the technical lead finds evidence, the commander decides', async () => {
				await tom.palette('Write a note');
				await tom.dialog.getByLabel('What happened').fill('Memory climbs in a straight line since 3.9.0');
				await tom.dialog.getByRole('button', { name: 'Write', exact: true }).click();
				await carla.palette('Record a decision');
				await carla.dialog.getByLabel('What was decided').fill('No restart before we know what it does to the caches');
				await carla.dialog.getByRole('button', { name: 'Record', exact: true }).click();
				for (const one of [carla, tom]) {
					await one.openTalk('Timeline');
					await expect(one.talk.getByText('Memory climbs in a straight line since 3.9.0')).toHaveCount(1);
					await expect(one.talk.getByText('No restart before we know')).toHaveCount(1);
				}
			});

			await base.step('a third joins late and sees the same', async () => {
				await lea.join(path, 'Lea');
				await lea.inRoom();
				await lea.openTalk('Timeline');
				await expect(lea.page.getByRole('heading', { level: 1 })).toHaveText('Requests to the API stall');
				await expect.poll(() => timeline(lea)).toEqual(await timeline(tom));
				await expect(lea.talk.getByText('Memory climbs in a straight line since 3.9.0')).toHaveCount(1);
			});

			const before = await base.step('the server dies without a word', async () => {
				await carla.page.getByRole('banner').getByText('1×').waitFor();
				const seen = await timeline(tom);
				await server.kill();
				for (const one of [carla, tom, lea]) {
					await expect(one.page.getByText('The line to the server is down.')).toBeVisible({ timeout: PATIENCE_MS });
				}
				await tom.openTalk('Channel');
				await tom.talk.getByLabel('Message to the incident channel').fill('Are we still connected?');
				await tom.page.keyboard.press('Enter');
				await expect(tom.page.getByText('1 waiting')).toBeVisible();
				return seen;
			});

			await base.step('it comes back: nothing is lost, nothing is there twice, and one click goes on', async () => {
				server = await startServer({ port, dataDir });
				for (const one of [carla, tom, lea]) {
					await expect(one.page.getByText('The line to the server is down.')).toBeHidden({ timeout: PATIENCE_MS });
					await expect(one.page.getByText('Paused.', { exact: true })).toBeVisible();
				}
				for (const one of [carla, tom, lea]) {
					await one.openTalk('Channel');
					await expect(one.talk.getByText('Are we still connected?')).toHaveCount(1);
					await one.openTalk('Timeline');
				}
				for (const line of before) expect(await timeline(tom)).toContain(line);
				await carla.page.getByRole('button', { name: 'Resume', exact: true }).click();
				for (const one of [carla, tom, lea]) {
					await expect(one.page.getByText('Paused.', { exact: true })).toBeHidden();
				}
				await expect.poll(() => timeline(lea)).toEqual(await timeline(tom));
				// A reload is another way to come late.
				await lea.page.reload();
				await lea.inRoom();
				await lea.openTalk('Timeline');
				await expect.poll(() => timeline(lea)).toEqual(await timeline(tom));
			});

			await base.step('they mend it and resolve', async () => {
				await tom.status('Identified', 'The cache library of 3.9.0 keeps what it should drop');
				await tom.mitigate(/Roll cache-lib-svc back to 3.8.4/);
				await carla.publish({
					impact: 'Some requests to the API stall or fail.',
					action: 'We take the last update of one service back.',
					state: 'Identified'
				});
				await tom.openTool('Mitigations');
				await carla.hurry(async () => {
					await expect(tom.tools.getByText('carried out at')).toBeVisible({ timeout: PATIENCE_MS });
				}, 30);
				await carla.status('Monitoring');
				await carla.resolve('Memory flat on every pod, errors under half a percent, no new tickets.');
				await carla.playOut();
				for (const one of [carla, tom]) {
					await one.answer({ well: 'We waited with the restart', surprised: 'The crash', unclear: 'Nothing' });
				}
			});

			await base.step('debrief and post-mortem agree with what was done', async () => {
				await carla.page.goto(`${path}/debrief`);
				await carla.page.getByRole('button', { name: 'Open the truth and the scores' }).click();
				await expect(carla.page.getByRole('heading', { name: 'What really happened' })).toBeVisible();
				const told = carla.page.getByRole('region', { name: 'Timeline' });
				await told.getByText(/^Everything/).click();
				for (const text of [
					'Memory climbs in a straight line since 3.9.0',
					'No restart before we know what it does to the caches',
					'Roll cache-lib-svc back to 3.8.4'
				]) {
					await expect(told.getByText(text).first()).toBeVisible();
				}
				await expect(told.getByRole('listitem').filter({ hasText: 'Memory climbs' })).toContainText('Tom');
				for (const one of [carla, tom]) {
					await one.page.goto(`${path}/postmortem`);
					await expect(one.page.getByLabel('Title', { exact: true })).not.toHaveValue('', { timeout: PATIENCE_MS });
				}
				const entries = await values(carla, /^Entry \d+$/);
				expect(entries.join('\n')).toContain('Roll cache-lib-svc back to 3.8.4');
				expect(entries.join('\n')).toContain('No restart before we know');
				expect(await values(tom, /^Entry \d+$/)).toEqual(entries);
			});

			await base.step('two people write in one line at once, and both are kept', async () => {
				const [hers, his] = [
					carla.page.getByLabel('Impact', { exact: true }),
					tom.page.getByLabel('Impact', { exact: true })
				];
				await hers.focus();
				await carla.page.keyboard.press('Control+End');
				await his.focus();
				await tom.page.keyboard.press('Control+Home');
				await Promise.all([
					hers.pressSequentially(' Carla writes at the end, and goes on writing.', { delay: 15 }),
					his.pressSequentially('Tom writes at the beginning, and goes on writing. ', { delay: 15 })
				]);
				await expect(hers).toHaveValue(
					/^Tom writes at the beginning, and goes on writing\. .+ Carla writes at the end, and goes on writing\.$/s
				);
				await expect.poll(() => his.inputValue()).toBe(await hers.inputValue());
				for (const one of [carla, tom]) await expect(one.page.getByText('Everything is saved')).toBeVisible();
				const markdown = await (await carla.page.request.get(`/api${incident(path)}/export?format=md`)).text();
				expect(markdown).toContain('Tom writes at the beginning, and goes on writing.');
				expect(markdown).toContain('Carla writes at the end, and goes on writing.');
			});

			await base.step('the exported log gives the same events again', async () => {
				const exported = await carla.page.request.get(`/api${incident(path)}/export?format=ndjson`);
				expect(exported.headers()['content-type']).toContain('application/x-ndjson');
				const file = info.outputPath('log.ndjson');
				await writeFile(file, await exported.text());
				const { status, stdout, stderr } = spawnSync(process.execPath, [muster, 'replay', file, '--verify', '--json'], {
					encoding: 'utf8'
				});
				expect(stderr).toBe('');
				expect(JSON.parse(stdout)).toMatchObject({ ok: true });
				expect(status).toBe(0);
			});
		} finally {
			await server.stop();
			server.discard();
		}
	});
});

/** What the timeline says, newest first, line by line. */
function timeline(player: Player): Promise<string[]> {
	return player.talk.getByRole('tabpanel').getByRole('listitem').allInnerTexts();
}

async function values(player: Player, label: RegExp): Promise<string[]> {
	const fields = await player.page.getByLabel(label).all();
	return Promise.all(fields.map((field) => field.inputValue()));
}

/** `/incidents/<id>` of a page's path `/i/<id>`. */
function incident(path: string): string {
	return path.replace('/i/', '/incidents/');
}

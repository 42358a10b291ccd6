import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { another, PATIENCE_MS, Player, SCENARIOS } from './play.ts';
import { expect, test } from './test.ts';

const file = fileURLToPath(new URL('../../scenarios/high-error-rate-bad-deploy/scenario.yaml', import.meta.url));

/** What the scenario file says where nobody who plays may look before the end. */
interface Written {
	truth: { root_cause: string; trigger: string; whys: { answer: string }[]; red_herrings: string[] };
	mitigations: { why: string }[];
	faults: { states: Record<string, { note?: string }> }[];
	injects: { id: string; text: string; expected: string }[];
	hints: string[];
	facilitator_notes: string;
}
const written = parse(readFileSync(file, 'utf8')) as Written;

/** Everything that reached a page, over sockets and over HTTP, as one text. */
function overhear(page: Page): { text: () => Promise<string> } {
	const heard: Promise<string>[] = [];
	const keep = (payload: string | Buffer) => heard.push(Promise.resolve(payload.toString()));
	page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => keep(payload)));
	page.on('response', (response) => heard.push(response.text().catch(() => '')));
	return { text: async () => unwrapped((await Promise.all(heard)).join('\n')) };
}

/** Texts are compared without their line breaks and escapes: a file folds them otherwise than a frame. */
function unwrapped(text: string): string {
	return text.replaceAll(/\\[nrt"]/g, ' ').replaceAll(/[\s"]+/g, ' ');
}

function inject(id: string): string {
	const found = written.injects.find((one) => one.id === id);
	if (!found) throw new Error(`The scenario has no inject "${id}".`);
	return found.text;
}

test('a facilitator sees the truth and leads; no hidden byte reaches a player', async ({ page, context, baseURL }) => {
	test.setTimeout(180_000);
	const host = new Player(page);
	const hosts = overhear(page);
	const player = await another(context, baseURL);
	const players = overhear(player.page);
	const canary = `canary ${Math.random().toString(36).slice(2)}`;

	const path = await host.start(SCENARIOS.release, { name: 'Fay', facilitate: true });
	await player.join(path, 'Pia');
	await expect(player.page.getByText('The host begins when everyone is ready.')).toBeVisible();
	await host.begin();
	await player.inRoom();
	await host.openTalk('Run');

	await test.step('the truth stands beside the run', async () => {
		await expect(host.talk.getByRole('heading', { name: 'The truth, live' })).toBeVisible();
		await expect(host.talk.getByText('4.18.0 took for granted that every account has a currency')).toBeVisible();
		await expect(player.talk.getByRole('tab', { name: 'Run' })).toHaveCount(0);
	});

	await test.step('injects are fired, put off and skipped', async () => {
		const one = (id: string) => host.talk.getByRole('article').filter({ hasText: inject(id) });
		const flush = one('flush_advice');
		await one('support_ticket').getByRole('button', { name: 'Fire now' }).click();
		await player.openTalk('Channel');
		await expect(player.talk.getByText(inject('support_ticket'))).toHaveCount(1);
		await flush.getByRole('button', { name: 'Skip' }).click();
		await expect(flush).toHaveCount(0);
		const demo = one('vp_demo');
		const minutes = async () => Number(/in (\d+):/.exec(await demo.innerText())?.[1]);
		const due = await minutes();
		await demo.getByRole('button', { name: '+2 min' }).click();
		await expect.poll(minutes).toBeGreaterThan(due);
	});

	await test.step('a hint is read by all, a private note by nobody who plays', async () => {
		await host.talk.getByLabel('A hint in your own words').fill('What changed, and when?');
		await host.talk.getByRole('button', { name: 'Give', exact: true }).click();
		await expect(player.talk.getByText('What changed, and when?')).toBeVisible();
		await host.talk.getByLabel('Private note').fill(canary);
		await host.talk.getByRole('button', { name: 'Write', exact: true }).click();
		await expect(host.talk.getByText(canary)).toBeVisible();
	});

	await test.step('the exercise goes on past the skipped inject, with a harmful attempt', async () => {
		await host.hurry(() => expect(player.alert('ApiErrorBudgetFastBurn')).toBeVisible({ timeout: PATIENCE_MS }));
		await player.declare('P1', 'The API fails');
		await player.openTool('Changes');
		await player.openTool('Logs');
		await player.openTool('Console');
		await player.openTool('Mitigations');
		await host.openTalk('Run');
		await host.hurry(() => expect(player.alert('HighErrorRate', 'core-api')).toBeVisible({ timeout: PATIENCE_MS }));
	});

	await test.step('what reached the player holds nothing that was hidden', async () => {
		await player.page.reload();
		await player.inRoom();
		const secrets = [
			canary,
			written.truth.root_cause,
			written.truth.trigger,
			written.facilitator_notes,
			inject('flush_advice'),
			inject('vp_demo'),
			inject('over_now'),
			...written.truth.whys.map(({ answer }) => answer),
			...written.truth.red_herrings,
			...written.mitigations.map(({ why }) => why),
			...written.injects.map(({ expected }) => expected),
			...written.hints,
			...written.faults.flatMap(({ states }) => Object.values(states).flatMap(({ note }) => note ?? []))
		].map((text) => unwrapped(text).trim());
		const [toPlayer, toHost] = [await players.text(), await hosts.text()];
		// The same net over the facilitator's line is full: it would have caught something.
		for (const secret of [canary, written.truth.root_cause, inject('vp_demo')].map((text) => unwrapped(text).trim()))
			expect(toHost).toContain(secret);
		expect(toPlayer).toContain(inject('support_ticket'));
		expect(secrets.filter((secret) => toPlayer.includes(secret))).toEqual([]);
		for (const type of ['fault.transitioned', 'truth.recorded', 'impact.changed', 'mitigation.judged', 'expectation.'])
			expect(toPlayer).not.toContain(`type : ${type}`);
	});
});

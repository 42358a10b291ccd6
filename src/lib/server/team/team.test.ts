import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { playerOf } from '../../lab/players.ts';
import { simulate } from '../../lab/simulate.ts';
import { readConfig } from '../config.ts';
import type { Storage } from '../db/storage.ts';
import { createLogger } from '../log.ts';
import { readScenarios } from '../scenarios/registry.ts';
import { teamAdapter } from './adapt.ts';
import { readTeamFiles, TEAM_FILES } from './files.ts';
import { addUploads, removeUpload } from './uploads.ts';

const log = createLogger('silent');
const SLUG = 'high-error-rate-bad-deploy';
const scenarios = readScenarios('scenarios', log, [SLUG, 'wishlist-flag-flip']);
let folder = '';
let settings = new Map<string, unknown>();
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'muster-team-'));
	settings = new Map();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const storage = {
	readSetting: (key: string) => Promise.resolve(settings.get(key)),
	writeSetting: (key: string, value: unknown) => Promise.resolve(void settings.set(key, value))
} as unknown as Storage;
const hub = { context: { now: () => 1 } } as unknown as Parameters<typeof addUploads>[0]['hub'];
const part = () => ({ config: readConfig({ RUNBOOKS_DIR: folder }), storage, scenarios, log });
const GOOD = '---\nalerts: [HighErrorRate]\n---\n# Errors at ours\n\n1. Look\n2. Ask\n';
const SYSTEM = `format: 1\nid: acme\nname: ACME\nbase: saas\nservices:\n  preise: { as: core-api, about: "Prices <b>and</b> orders" }\n  tor: { as: edge-lb }\n`;

describe('the files of a team', () => {
	it('are read from a folder; a bad one is told with its line and stops no other', async () => {
		mkdirSync(join(folder, 'redis'));
		mkdirSync(join(folder, '.git'));
		writeFileSync(join(folder, 'redis', 'errors.md'), GOOD);
		writeFileSync(join(folder, 'broken.md'), '---\nname: x\nalerts: [\n---\n1. a\n');
		writeFileSync(join(folder, 'binary.md'), Buffer.from([0xff, 0xfe, 0x00]));
		writeFileSync(join(folder, 'unmapped.md'), '# Words\n\n1. Do\n');
		writeFileSync(join(folder, 'acme.yaml'), SYSTEM);
		writeFileSync(join(folder, 'notes.txt'), 'not ours');
		writeFileSync(join(folder, '.git', 'x.md'), GOOD);
		symlinkSync('/etc/hostname', join(folder, 'link.md'));
		const { files, runbooks, systems, problems } = await readTeamFiles(part());
		expect(files.map(({ name, kind, title }) => [name, kind, title])).toEqual([
			['acme.yaml', 'system', 'ACME'],
			['broken.md', 'runbook', null],
			['unmapped.md', 'runbook', 'Words'],
			['redis/errors.md', 'runbook', 'Errors at ours']
		]);
		expect(runbooks.map(({ id }) => id)).toEqual(['unmapped', 'errors']);
		expect(systems.map(({ id }) => id)).toEqual(['acme']);
		expect(problems).toEqual([
			expect.stringMatching(/^binary\.md:1:1: not_text/),
			expect.stringMatching(/^broken\.md:\d+:\d+: yaml: /),
			expect.stringMatching(/^unmapped\.md:\d+:\d+: not_mapped/)
		]);
	});

	it('are kept where an administrator adds them, and replaced by name', async () => {
		expect(await addUploads({ storage, hub }, [{ name: 'a.md', text: 'first' }])).toEqual({ kept: 1 });
		expect(await addUploads({ storage, hub }, [{ name: 'a.md', text: GOOD }])).toEqual({ kept: 1 });
		expect((await readTeamFiles(part())).files).toEqual([
			expect.objectContaining({ name: 'a.md', from: 'upload', title: 'Errors at ours' })
		]);
		const many = Array.from({ length: 100 }, (_, index) => ({ name: `${index}.md`, text: GOOD }));
		expect(await addUploads({ storage, hub }, many)).toMatchObject({ ok: false, code: 'too_many' });
		const large = Array.from({ length: 20 }, (_, index) => ({ name: `${index}.md`, text: 'x'.repeat(250_000) }));
		expect(await addUploads({ storage, hub }, large)).toMatchObject({ ok: false, code: 'too_large' });
		expect(await removeUpload({ storage, hub }, 'b.md')).toMatchObject({ ok: false, code: 'unknown_id' });
		expect(await removeUpload({ storage, hub }, 'a.md')).toEqual({ kept: 0 });
		settings.set(TEAM_FILES, 'nonsense');
		expect((await readTeamFiles(part())).files).toEqual([]);
	});

	it('tell of a folder that is not there', async () => {
		const config = readConfig({ RUNBOOKS_DIR: join(folder, 'nowhere') });
		const { problems } = await readTeamFiles({ ...part(), config });
		expect(problems).toEqual([expect.stringContaining('no_folder')]);
	});
});

describe('a scenario as a team plays it', () => {
	const plain = scenarios.find(SLUG);
	if (!plain) throw new Error('no scenario');

	it('is the same where the team has nothing of its own', async () => {
		const adapt = await teamAdapter(part(), null);
		expect(adapt(plain)).toEqual({ ok: true, compiled: plain });
	});

	it('is played to its end in the names of its own system, with its own runbook', async () => {
		writeFileSync(join(folder, 'errors.md'), GOOD);
		writeFileSync(join(folder, 'acme.yaml'), SYSTEM);
		const adapted = (await teamAdapter(part(), 'acme'))(plain);
		if (!adapted.ok) throw new Error(adapted.message);
		const { compiled } = adapted;
		expect(compiled.runbooks.map(({ id }) => id)).toContain('team:errors');
		const engine = createEngine(compiled, '1');
		const { state, events } = simulate(engine, { seed: '1', policy: playerOf('ideal', compiled, '1') });
		expect(state.outcome).toBe('resolved');
		const services = events.flatMap((event) => (event.type === 'alert.fired' ? [event.payload.labels.service] : []));
		expect(services).toContain('preise');
		// The team that owns it keeps its name; the service is called otherwise everywhere.
		expect(JSON.stringify(events).match(/(?<![\w-])core-api(?![\w-])/)).toBeNull();
	});

	it('refuses a system of another kind, and one that is gone', async () => {
		writeFileSync(join(folder, 'acme.yaml'), SYSTEM);
		const adapt = await teamAdapter(part(), 'acme');
		const shop = scenarios.find('wishlist-flag-flip');
		expect(shop && adapt(shop)).toMatchObject({ ok: false, message: expect.stringContaining('is like saas') });
		expect((await teamAdapter(part(), 'gone'))(plain)).toMatchObject({ ok: false, code: 'unknown_id' });
	});
});

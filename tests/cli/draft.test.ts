import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, root, scratchFolder } from './muster.ts';

describe('muster draft', () => {
	const folder = scratchFolder();
	const article = join(root, 'tests/fixtures/INC-2024-001.md');

	it('writes a draft that lints, and lists what is to be decided', async () => {
		const { code, out, err } = await muster(['draft', article, '--as', 'our-leak'], { cwd: folder });
		expect(err).toMatch(/our-leak: a draft that lints, \d+ things to decide/);
		expect(code).toBe(0);
		expect(out).toMatch(/^our-leak\/scenario\.yaml:\d+: decide: /m);
		const linted = await muster(['lint', join(folder, 'our-leak'), '--json']);
		expect(JSON.parse(linted.out)).toMatchObject({ scenarios: ['our-leak'], errors: 0, problems: [] });
		const played = await muster(['simulate', join(folder, 'our-leak'), '--policy', 'ideal', '--json']);
		expect(JSON.parse(played.out)).toMatchObject({ outcome: 'resolved' });
	});

	it('writes over nothing, and names what it cannot read', async () => {
		const again = await muster(['draft', article, '--as', 'our-leak'], { cwd: folder });
		expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
		writeFileSync(join(folder, 'empty.md'), '# Nothing\n');
		const empty = await muster(['draft', 'empty.md'], { cwd: folder });
		expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('there is no timeline')]);
		const none = await muster(['draft', 'none.md'], { cwd: folder });
		expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no file "none.md"')]);
	});
});

describe('muster import-msel', () => {
	const folder = scratchFolder();
	const slug = 'wishlist-flag-flip';
	mkdirSync(join(folder, 'scenarios'));
	cpSync(join(root, 'scenarios', slug), join(folder, 'scenarios', slug), { recursive: true });
	const scenario = () => readFileSync(join(folder, 'scenarios', slug, 'scenario.yaml'), 'utf8');
	const list = join(folder, 'list.csv');
	writeFileSync(
		list,
		'time,from,to,channel,text,expected\nT+5,Press office,comms,press,<b>A journalist</b> asks,Say what we know\nsoon,,,,Hello,\n'
	);

	it('puts good rows into the scenario and tells of the others', async () => {
		const before = scenario();
		const dry = await muster(['import-msel', list, '--into', join(folder, 'scenarios', slug), '--dry-run']);
		expect(dry.out).toContain('injects:\n  - id: msel-2\n    at: 5m\n    channel: press\n');
		expect(scenario()).toBe(before);
		const { code, err } = await muster(['import-msel', list, '--into', join(folder, 'scenarios', slug)]);
		expect(code).toBe(1);
		expect(err).toMatch(/list\.csv:3: bad_time: “soon” is no time: .* Not taken: soon \|/);
		expect(err).toMatch(/1 inject written into .*scenario\.yaml, 1 row not taken/);
		expect(scenario()).toContain('text: "<b>A journalist</b> asks"');
		const linted = await muster(['lint', join(folder, 'scenarios', slug)]);
		expect(linted.code).toBe(0);
	});

	it('writes nothing where a list cannot be read', async () => {
		writeFileSync(join(folder, 'bad.csv'), Buffer.from([0x74, 0xff, 0x0a]));
		const before = scenario();
		const { code, err } = await muster([
			'import-msel',
			join(folder, 'bad.csv'),
			'--into',
			join(folder, 'scenarios', slug)
		]);
		expect([code, err]).toEqual([1, expect.stringContaining('not UTF-8')]);
		expect(scenario()).toBe(before);
		const lost = await muster(['import-msel', list]);
		expect([lost.code, lost.err]).toEqual([2, expect.stringContaining('into which scenario?')]);
	});
});

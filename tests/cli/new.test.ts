import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, scratchFolder } from './muster.ts';

const folder = scratchFolder();

describe('muster new', () => {
	it('writes a scenario that passes lint and proof as it is', async () => {
		const { code, out, err } = await muster(['new', 'slow-carts', '--topology', 'shop', '--in', folder]);
		expect(err).toContain('muster prove');
		expect(code).toBe(0);
		expect(out.trim().split('\n')).toHaveLength(3);
		const own = join(folder, 'slow-carts');
		const text = readFileSync(join(own, 'scenario.yaml'), 'utf8');
		expect(text).toContain('id: slow-carts\ntitle: "Slow carts"');
		const [, schema = ''] = /\$schema=(.*)/.exec(text) ?? [];
		expect(existsSync(join(own, schema))).toBe(true);
		const lint = await muster(['lint', own]);
		expect(lint.out).toBe('');
		expect(lint.err).toContain('1 scenario: 0 errors, 0 warnings');
		const proof = await muster(['prove', own, '--seeds', '1']);
		expect(proof.out).toContain('1 of 1 scenarios proven');
		expect(proof.code).toBe(0);
	});

	it('writes over nothing', async () => {
		const args = ['new', 'twice', '--topology', 'saas', '--in', folder];
		expect((await muster(args)).code).toBe(0);
		const { code, err } = await muster(args);
		expect(code).toBe(1);
		expect(err).toMatch(/^muster new: exists: .*twice is there already, and nothing was written/);
	});

	const wrong: [string, string[], number, RegExp][] = [
		['no name', ['--topology', 'shop'], 2, /the one name/],
		['two names', ['a1', 'b1', '--topology', 'shop'], 2, /the one name/],
		['no topology', ['fine'], 2, /--topology is one of shop/],
		['an unknown topology', ['fine', '--topology', 'shopp'], 1, /no topology "shopp": did you mean "shop"/],
		['capital letters', ['Fine', '--topology', 'shop'], 1, /"Fine" cannot name a scenario: use/],
		['a way out of the folder', ['../fine', '--topology', 'shop'], 1, /cannot name a scenario/],
		['the folder of topologies', ['_topologies', '--topology', 'shop'], 1, /cannot name a scenario/]
	];
	it.each(wrong)('refuses %s in one sentence', async (_name, args, exit, message) => {
		const { code, out, err } = await muster(['new', ...args, '--in', folder]);
		expect(err).toMatch(message);
		expect(code).toBe(exit);
		expect(out).toBe('');
		expect(existsSync(join(folder, 'fine'))).toBe(false);
	});

	it('refuses the name of a scenario that is shipped', async () => {
		const { code, err } = await muster(['new', 'high-error-rate-bad-deploy', '--topology', 'saas']);
		expect(code).toBe(1);
		expect(err).toContain('is there already');
	});
});

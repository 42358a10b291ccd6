import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
cpSync(join(root, 'scenarios/high-error-rate-bad-deploy'), join(folder, 'high-error-rate-bad-deploy'), {
	recursive: true
});
const file = join(folder, 'high-error-rate-bad-deploy/scenario.yaml');
const text = readFileSync(file, 'utf8');
const lines = text.split('\n');

describe('muster lint', () => {
	it('finds nothing in what is shipped', async () => {
		const { code, out } = await muster(['lint']);
		expect(out).toBe('');
		expect(code).toBe(0);
	});

	it('checks a scenario anywhere, with the shipped topologies', async () => {
		writeFileSync(file, text);
		const { code, out } = await muster(['lint', 'high-error-rate-bad-deploy'], { cwd: folder });
		expect([code, out]).toEqual([0, '']);
	});

	it('prints problems as file:line:column: code: message and fails', async () => {
		const at = lines.findIndex((line) => line.startsWith('minutes:'));
		writeFileSync(file, [...lines.slice(0, at), 'minutes: soon', 'colour: red', ...lines.slice(at + 1)].join('\n'));
		const { code, out } = await muster(['lint', join(folder, 'high-error-rate-bad-deploy')], { cwd: folder });
		expect(code).toBe(1);
		expect(out.trimEnd().split('\n').toSorted()).toEqual([
			expect.stringMatching(`^high-error-rate-bad-deploy/scenario.yaml:${at + 1}:10: schema: minutes: .+`),
			expect.stringMatching(`^high-error-rate-bad-deploy/scenario.yaml:${at + 2}:1: unknown_field: .*"colour".+`)
		]);
	});

	it('prints one JSON document where asked', async () => {
		const at = lines.findIndex((line) => line.includes('after: 20s'));
		writeFileSync(file, text.replace('after: 20s, to: degraded', 'after: 20s, to: degradd'));
		const { code, out } = await muster(['lint', folder, '--json'], { cwd: folder });
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({
			scenarios: ['high-error-rate-bad-deploy'],
			errors: 1,
			problems: expect.arrayContaining([
				expect.objectContaining({
					file: 'high-error-rate-bad-deploy/scenario.yaml',
					line: at + 1,
					code: 'unknown_state'
				})
			])
		});
	});

	it('survives a file that is no YAML', async () => {
		writeFileSync(file, 'format: 1\n\tid: [');
		const { code, out, err } = await muster(['lint', folder], { cwd: folder });
		expect(code).toBe(1);
		expect(out).toMatch(/^high-error-rate-bad-deploy\/scenario\.yaml:2:\d+: yaml: .+/);
		expect(err).not.toMatch(/^ {4}at /m);
	});
});

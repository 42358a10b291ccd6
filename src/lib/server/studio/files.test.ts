import { describe, expect, it } from 'vitest';
import { checkFiles, renamed, slugProblem, takeFiles } from './files.ts';

describe('files of a scenario', () => {
	it('come out of the folder they lie in, whatever else lies beside them', () => {
		const taken = takeFiles({
			'mine/scenario.yaml': '\uFEFFid: a\r\ntitle: b\r\n',
			'mine/runbooks/do-this.md': '#',
			'mine/expected.json': '{}',
			'mine/runbooks/Pic.png': '',
			'.DS_Store': '',
			'mine/runbooks/': ''
		});
		expect(taken).toEqual({
			ok: true,
			files: { 'scenario.yaml': 'id: a\ntitle: b\n', 'runbooks/do-this.md': '#' },
			leftOut: ['mine/expected.json', 'mine/runbooks/Pic.png', '.DS_Store']
		});
		expect(takeFiles({ './scenario.yaml': 'id: a' })).toMatchObject({ ok: true });
		expect(takeFiles({ 'mine\\scenario.yaml': 'id: a', 'mine\\rules.yaml': '' })).toMatchObject({
			files: { 'scenario.yaml': 'id: a', 'rules.yaml': '' }
		});
	});

	it('are refused where it is not clear which scenario they are, or where they are too many or too long', () => {
		const refused: [Record<string, string>, RegExp][] = [
			[{ 'rules.yaml': '' }, /There is no scenario\.yaml/],
			[{ 'a/scenario.yaml': '', 'b/scenario.yaml': '' }, /There is no scenario\.yaml in what was given/],
			[{ 'scenario.yaml': 'x'.repeat(1024 * 1024 + 1) }, /larger than 1 MiB/],
			[{ 'scenario.yaml': 'a\0b' }, /cannot be stored/],
			[
				Object.fromEntries([['scenario.yaml', ''], ...Array.from({ length: 60 }, (_, i) => [`runbooks/r${i}.md`, ''])]),
				/60 files/
			],
			[
				Object.fromEntries([
					['scenario.yaml', ''],
					...Array.from({ length: 4 }, (_, i) => [`runbooks/r${i}.md`, 'x'.repeat(900_000)])
				]),
				/larger than 3 MiB/
			]
		];
		for (const [files, message] of refused) {
			const taken = takeFiles(files);
			expect(taken.ok ? 'taken' : taken.message).toMatch(message);
		}
		expect(checkFiles({ 'scenario.yaml': '', '../x.yaml': '' })?.message).toMatch(/is no file of a scenario/);
	});

	it('follow a new name', () => {
		const text = '# id: not this\nformat: 1\nid: old # a word\ntitle: id: x\n';
		expect(renamed({ 'scenario.yaml': text }, 'new-name')['scenario.yaml']).toBe(
			'# id: not this\nformat: 1\nid: new-name\ntitle: id: x\n'
		);
		expect(renamed({ 'scenario.yaml': 'id: a' }, '404')['scenario.yaml']).toBe('id: "404"');
		expect(renamed({ 'scenario.yaml': 'id: a' }, 'true')['scenario.yaml']).toBe('id: "true"');
	});

	it('have names that can stand in an address and on a disk', () => {
		for (const good of ['ab', 'a-b_c', '404', 'x'.repeat(80)]) expect(slugProblem(good)).toBeNull();
		for (const bad of ['', 'a', 'A1', '_x', '-x', '../x', 'a/b', 'a b', 'x'.repeat(81), 'ü1', 'a\n']) {
			expect(slugProblem(bad)).toMatch(/cannot name a scenario: use/);
		}
	});
});

import { describe, expect, it } from 'vitest';
import { muster } from './muster.ts';

describe('muster', () => {
	it('says what it can do', async () => {
		const { code, out } = await muster(['--help']);
		expect(code).toBe(0);
		for (const command of ['serve', 'lint', 'simulate', 'replay', 'export', 'schema', 'golden']) {
			expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
		}
	});

	it.each(['new', 'serve', 'prove'])('says what %s takes, and does nothing', async (command) => {
		const { code, out, err } = await muster([command, '--help']);
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(out).toContain(`usage: muster ${command}`);
	});

	const wrong: [string, string[], RegExp][] = [
		['no command', [], /muster <command>/],
		['an unknown command', ['simulat'], /unknown command "simulat"/],
		['an unknown flag', ['lint', '--quick'], /--quick/],
		['no scenario', ['simulate'], /which scenario/],
		['an unknown scenario', ['simulate', 'memory-leak'], /did you mean "memory-leak-cache-library"\?/],
		['a misspelt scenario', ['simulate', 'high-eror-rate-bad-deploy'], /did you mean "high-error-rate-bad-deploy"\?/],
		['a folder without a scenario', ['simulate', 'src'], /no scenario\.yaml/],
		['an unknown policy', ['simulate', 'high-error-rate-bad-deploy', '--policy', 'best'], /no file "best"/],
		['no log', ['replay', '--verify'], /which log/],
		['an unknown log', ['replay', 'nowhere.ndjson', '--verify'], /no file "nowhere\.ndjson"/],
		['no incident', ['export'], /which incident/],
		['an unknown format', ['export', 'abc', '--format', 'pdf'], /md, json or ndjson/]
	];
	it.each(wrong)('refuses %s with usage, exit code 2 and nothing on standard output', async (_name, args, message) => {
		const { code, out, err } = await muster(args);
		expect(code).toBe(2);
		expect(out).toBe('');
		expect(err).toMatch(message);
		expect(err).not.toMatch(/^ {4}at /m);
	});
});

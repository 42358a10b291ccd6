import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
	it('has a default for everything, and takes empty for not set', () => {
		const config = readConfig({ PORT: '', DATABASE_URL: '' });
		expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', databaseUrl: null, origin: null, adminSecret: null });
		expect(config.dataDir).toMatch(/data$/);
	});

	it.each([
		['PORT', '70000'],
		['PORT', '80a'],
		['HOST', 'http://x'],
		['DATA_DIR', 'postgres://db/x'],
		['RUNBOOKS_DIR', 'https://wiki.example/runbooks'],
		['DATABASE_URL', 'mysql://db/x'],
		['DATABASE_URL', 'nonsense'],
		['ORIGIN', 'muster.example.org'],
		['ORIGIN', 'https://muster.example.org/path'],
		['LOG_LEVEL', 'loud'],
		['ADMIN_SECRET', 'short']
	])('%s=%s is refused in a sentence that names it', (name, value) => {
		const read = () => readConfig({ [name]: value });
		expect(read).toThrow(ConfigError);
		expect(read).toThrow(new RegExp(`^${name} must .*\\.$`));
	});

	it('never repeats a secret', () => {
		expect(() => readConfig({ ADMIN_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
		expect(() => readConfig({ DATABASE_URL: 'mysql://u:hunter2@db/x' })).not.toThrow(/hunter2/);
	});

	it('keeps the origin without its slash', () => {
		expect(readConfig({ ORIGIN: 'https://muster.example.org/' }).origin).toBe('https://muster.example.org');
	});
});

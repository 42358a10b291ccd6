import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataDirHeld, readLock, takeLock } from './lock.ts';

let dataDir = '';
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'muster-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const leave = (content: unknown) => writeFileSync(join(dataDir, 'muster.lock'), JSON.stringify(content));

it('lets one in, names it to the next, and lets that in once the first has left', () => {
	const first = takeLock(dataDir);
	first.setUrl('http://127.0.0.1:3000');
	expect(() => takeLock(dataDir)).toThrow(DataDirHeld);
	expect(() => takeLock(dataDir)).toThrow(/^Another Muster is running at http:\/\/127\.0\.0\.1:3000 .*\.$|npm start$/);
	first.release();
	expect(readLock(dataDir)).toBeNull();
	takeLock(dataDir).release();
});

it('takes over from a process that is gone', () => {
	leave({ pid: 2 ** 30, processStart: null, startedAt: 0, url: null, key: 'gone' });
	takeLock(dataDir).release();
});

it('takes over where the process id belongs to somebody else by now', () => {
	leave({ pid: process.pid, processStart: 'another boot:1', startedAt: 0, url: null, key: 'gone' });
	takeLock(dataDir).release();
});

it.each([['{"pid":1'], ['null'], ['{}'], ['']])('takes over from a lock that says %s', (text) => {
	writeFileSync(join(dataDir, 'muster.lock'), text);
	takeLock(dataDir).release();
});

it('leaves a successor’s lock alone', () => {
	const first = takeLock(dataDir);
	leave({ pid: 1, processStart: null, startedAt: 0, url: null, key: 'another' });
	first.release();
	expect(readLock(dataDir)?.key).toBe('another');
});

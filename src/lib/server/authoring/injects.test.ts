import { expect, it } from 'vitest';
import { readInjects } from './injects.ts';

const read = (text: string, over: Partial<Parameters<typeof readInjects>[1]> = {}) =>
	readInjects(text, { start: '', taken: [], limitMinutes: 10, ...over });

it('says what comes after the end of the run, and takes it all the same', () => {
	const reading = read('time,text\n12m,Late\n2m,Early\n');
	expect(reading).toMatchObject({
		ok: true,
		read: { notes: [{ line: 2, message: expect.stringContaining('10 min') }] }
	});
	expect(reading.ok && reading.read.yaml).toBe(
		'injects:\n  - id: msel-3\n    at: 2m\n    channel: chat\n    from: "Exercise"\n    text: "Early"\n  - id: msel-2\n    at: 12m\n    channel: chat\n    from: "Exercise"\n    text: "Late"\n'
	);
});

it('counts times of day from the start that is given, and refuses a start that is none', () => {
	expect(read('time,text\n14:05,x\n', { start: '14:00' })).toMatchObject({ read: { injects: [{ atMs: 300_000 }] } });
	expect(read('time,text\n14:05,x\n', { start: 'noon' })).toMatchObject({ ok: false, refusal: { code: 'bad_time' } });
});

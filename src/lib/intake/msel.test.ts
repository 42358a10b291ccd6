import { describe, expect, it } from 'vitest';
import { readMsel, readOffset, type MselOptions } from './msel.ts';

const OPTIONS: MselOptions = { channels: ['page', 'chat', 'ticket', 'phone', 'email', 'press', 'exec'] };
const read = (text: string, options: Partial<MselOptions> = {}) => {
	const reading = readMsel(text, { ...OPTIONS, ...options });
	if (!reading.ok) throw new Error(reading.refusal.message);
	return reading.msel;
};

it.each([
	['00:05', 5 * 60],
	['0:05:30', 330],
	['5m', 300],
	['5 min', 300],
	['90s', 90],
	['1h30m', 5400],
	['T+5', 300],
	['t+0:05', 300],
	['T + 10', 600],
	['+5', 300],
	['12', 720],
	['1.5', 90]
])('%s is %i seconds after the begin', (written, seconds) => {
	expect(readOffset(written, null)).toEqual({ ok: true, ms: seconds * 1000 });
});

it.each([
	['14:05', 14 * 60, 300],
	['00:10', 23 * 60 + 50, 1200],
	['T+5', 14 * 60, 300]
])('%s is counted from a start at minute %i of the day', (written, start, seconds) => {
	expect(readOffset(written, start)).toEqual({ ok: true, ms: seconds * 1000 });
});

it.each([
	['', 'no time'],
	['soon', 'write 00:05, 5m or T+5'],
	['T-5', 'before the begin'],
	['00:75', 'go to 59']
])('“%s” is refused', (written, words) => {
	expect(readOffset(written, null)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
});

describe('a list', () => {
	it('is read whatever its columns are called and in which order they stand', () => {
		const msel = read(
			'No.;Expected Reaction;Delivery Method;To;From;Event Time;Message\n3;"Answer; no estimate";Telephone;IC;VP Product;T+7;"When will it be over?"\n1;;Slack;everyone;Colleague;00:04;Flush it.\n'
		);
		expect(msel.refused).toEqual([]);
		expect(msel.notes).toEqual([]);
		expect(msel.injects).toEqual([
			{
				line: 3,
				id: 'msel-1',
				atMs: 240_000,
				channel: 'chat',
				from: 'Colleague',
				to: null,
				text: 'Flush it.',
				expected: '',
				asks: false
			},
			{
				line: 2,
				id: 'msel-3',
				atMs: 420_000,
				channel: 'phone',
				from: 'VP Product',
				to: 'incident_commander',
				text: 'When will it be over?',
				expected: 'Answer; no estimate',
				asks: true
			}
		]);
	});

	it('tells bad rows with their line and why, and gives them back whole', () => {
		const msel = read('time,text,to\nsoon,Hello,\n5m,,\n5m,One,IC,four\n"6m","Two\nlines",CEO\n');
		expect(msel.refused.map(({ line, code, cells }) => [line, code, cells])).toEqual([
			[2, 'bad_time', ['soon', 'Hello', '']],
			[3, 'no_column', ['5m', '', '']],
			[4, 'too_many_cells', ['5m', 'One', 'IC', 'four']]
		]);
		expect(msel.injects.map(({ line, text }) => [line, text])).toEqual([[5, 'Two\nlines']]);
		expect(msel.notes).toEqual([{ line: 5, message: '“CEO” is no seat: it goes to the whole room.' }]);
	});

	it('says what it took for what', () => {
		const msel = read('time,channel,text\n0,pigeon,Coo\n');
		expect(msel.injects[0]).toMatchObject({ atMs: 1_000, channel: 'chat', from: 'Exercise' });
		expect(msel.notes.map(({ message }) => message)).toEqual([
			expect.stringContaining('one second after the begin'),
			expect.stringContaining('“pigeon” is no channel')
		]);
	});

	it('gives every inject an id of its own', () => {
		const msel = read('id,time,text\na,1m,x\nA,2m,y\n?,3m,z\n', { taken: ['a'] });
		expect(msel.injects.map(({ id }) => id)).toEqual(['a-2', 'a-3', 'inject']);
	});

	it.each([
		['', 'nothing in the list'],
		['when,who\n1,2\n', 'name one “text”'],
		['text\nHello\n', 'name one “time”'],
		['time,text\n1m,"open\n', 'never closed'],
		['time,text\n1m,\0\n', 'no text has'],
		[`time,text\n${'1m,x\n'.repeat(501)}`, 'more than 500 rows'],
		['x'.repeat(1024 * 1024 + 1), 'larger than 1 MiB']
	])('is refused where it cannot be one (%#)', (text, words) => {
		expect(readMsel(text, OPTIONS)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining(words) } });
	});
});

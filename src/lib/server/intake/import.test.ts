import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryDatabase } from '../../../../tests/support/test-muster.ts';
import { foldAll } from '../../incident/fold.ts';
import { foldMilestones } from '../../incident/milestones.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { scorecard } from '../../scoring/index.ts';
import { firstUpdate } from '../runs/postmortem-draft.ts';
import { documentOf } from '../../postmortem/shared.ts';
import { createStorage } from '../db/create-storage.ts';
import type { Storage } from '../db/storage.ts';
import { incidentIdOf } from './import-incidents.ts';
import { preview, runImport } from './import.ts';
import { readOptions } from './options.schema.ts';
import { importTarget, type ImportTarget } from './target.ts';
import { readUpload } from './upload.ts';

const NOW = Date.UTC(2026, 10, 1);
let storage: Storage;
let target: ImportTarget;
beforeAll(async () => {
	storage = createStorage(await memoryDatabase());
	target = importTarget(storage, DEFAULT_SEVERITY_POLICY, {
		hub: null,
		owner: 'here',
		isOwnerDead: () => true,
		now: () => NOW
	});
});
afterAll(() => storage.close());

const HEADER =
	'id,title,severity,created_at,impact_started_at,detected_at,detected_by,acknowledged_at,mitigated_at,resolved_at,services,cause,escalated,postmortem_state';
const line = (id: string, over = '') =>
	`${id},Checkout fails,P1,2026-03-24 14:05,2026-03-24 14:00,2026-03-24 14:03,alert,2026-03-24 14:07,2026-03-24 14:40,${over || '2026-03-24 15:00'},checkout,bad deploy,yes,done`;

async function upload(text: string | Uint8Array, name = 'x.csv') {
	const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
	return readUpload([bytes], name);
}
function options(query: string) {
	const read = readOptions(new URLSearchParams(query));
	if (!read.ok) throw new Error(read.message);
	return read.options;
}
async function run(
	text: string,
	query = 'zone=UTC',
	progress: (done: number, total: number) => void = () => undefined
) {
	const file = await upload(text);
	if (!file.ok) throw new Error(file.refusal.message);
	const result = await runImport(target, file.value, options(query), progress);
	if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
	return result.value;
}
const logOf = (source: string, id: string) => storage.readEvents(incidentIdOf(source, id));

describe('a list of incidents', () => {
	it('is imported once, however often it is', async () => {
		const file = [HEADER, line('A-1'), line('A-2', '?'), line('A-1'), 'A-3,x,purple,2026-03-24 14:05', ''].join('\n');
		const query = 'zone=Europe/Paris&source=once';
		const dry = await run(file, `${query}&mode=check`);
		expect(dry).toMatchObject({ dryRun: true, imported: 2, unresolved: 1 });
		expect(await logOf('once', 'A-1')).toEqual([]);
		const first = await run(file, query);
		expect(first).toMatchObject({ rows: 4, imported: 2, unchanged: 0, changed: [], unresolved: 1 });
		expect(first.refused.map(({ line, code }) => [line, code])).toEqual([
			[4, 'duplicate_id'],
			[5, 'unknown_severity']
		]);
		const log = await logOf('once', 'A-1');
		expect(await run(file, query)).toMatchObject({ imported: 0, unchanged: 2, changed: [] });
		expect(await logOf('once', 'A-1')).toEqual(log);
		expect(await storage.listIncidents({ search: 'Checkout fails', limit: 50 })).toHaveLength(2);
	});

	it('is read by the pages that read every incident', async () => {
		await run([HEADER, line('B-1')].join('\n'), 'zone=UTC&source=pages');
		const log = await logOf('pages', 'B-1');
		expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
		expect(log.every(({ recordedAt }) => recordedAt === NOW)).toBe(true);
		expect(foldMilestones(log)).toMatchObject({ detectedBy: 'alert' });
		const card = scorecard(log, DEFAULT_SEVERITY_POLICY);
		const measured = Object.fromEntries(card.dimensions.map(({ id, measured }) => [id, measured]));
		expect(measured.acknowledge).toContain('4m 00s');
		expect(measured.resolve).toContain('55m 00s');
		// What the list of another tool cannot hold is not held against anybody.
		const rated = card.dimensions.filter(({ rating }) => rating !== null).map(({ id }) => id);
		expect(rated).not.toEqual(expect.arrayContaining(['roles']));
		expect(rated).not.toEqual(expect.arrayContaining(['cadence']));
		expect(card.impact).toBeNull();
		const stored = await storage.readIncident(incidentIdOf('pages', 'B-1'));
		if (!stored) throw new Error('it is stored');
		const document = documentOf([firstUpdate({ stored, events: log, title: stored.title, compiled: null })]);
		expect(document.title).toContain('Checkout fails');
		expect(document.timeline.length).toBeGreaterThan(4);
	});

	it('goes on where it was ended, and doubles nothing', async () => {
		const file = [HEADER, ...Array.from({ length: 700 }, (_, n) => line(`C-${n}`))].join('\n');
		const killed = run(file, 'zone=UTC&source=killed', (done) => {
			if (done >= 300) throw new Error('killed');
		});
		await expect(killed).rejects.toThrow('killed');
		const again = await run(file, 'zone=UTC&source=killed');
		expect(again).toMatchObject({ imported: 400, unchanged: 300 });
		expect(await logOf('killed', 'C-0')).toHaveLength((await logOf('killed', 'C-699')).length);
	});

	it('tells rows that changed, and corrects them only when asked to', async () => {
		const query = 'zone=UTC&source=changed';
		await run([HEADER, line('D-1', '?')].join('\n'), query);
		const now = [HEADER, line('D-1')].join('\n');
		const told = await run(now, query);
		expect(told).toMatchObject({ imported: 0, unchanged: 0, corrected: 0 });
		expect(told.changed).toMatchObject([{ line: 2, id: 'D-1', fields: ['resolved_at'], corrected: false }]);
		expect(foldAll('real', await logOf('changed', 'D-1')).lifecycle).toBe('running');
		expect(await run(now, `${query}&correct=1`)).toMatchObject({ corrected: 1 });
		expect(foldAll('real', await logOf('changed', 'D-1'))).toMatchObject({ lifecycle: 'ended', status: 'closed' });
		expect(await run(now, `${query}&correct=1`)).toMatchObject({ unchanged: 1, corrected: 0, changed: [] });
		expect(await storage.listIncidents({ search: incidentIdOf('changed', 'D-1'), limit: 1 })).toMatchObject([
			{ lifecycle: 'ended' }
		]);
	});

	it('keeps sources apart', async () => {
		const file = [HEADER, line('E-1')].join('\n');
		expect(await run(file, 'zone=UTC&source=one')).toMatchObject({ imported: 1 });
		expect(await run(file, 'zone=UTC&source=two')).toMatchObject({ imported: 1 });
	});

	it('remembers what was chosen', async () => {
		const odd = 'Nummer,Stufe,Beginn,Titel\nF-1,rot,24.03.2026 14:05,Kaputt\n';
		const chosen =
			'zone=Europe/Berlin&source=sap&map=Nummer=id&map=Stufe=severity&map=Beginn=created_at&map=Titel=title&severities=rot=P1';
		expect(await run(odd, chosen)).toMatchObject({ imported: 1, refused: [] });
		const file = await upload(odd.replace('F-1', 'F-2'));
		if (!file.ok) throw new Error();
		const found = await preview(target, file.value, options('zone=Europe/Berlin'));
		expect(found).toMatchObject({
			ok: true,
			value: {
				problem: null,
				choices: { source: 'sap', mapping: { id: 'Nummer', severity: 'Stufe' } },
				preview: [{ read: { id: 'F-2', severity: 'P1', created_at: '2026-03-24T13:05:00.000Z' } }]
			}
		});
	});

	it.each([
		['dates that can be read both ways', 'id,severity,created\nG,P1,03/04/2026 10:00', 'zone=UTC&source=g', 'bad_time'],
		['times without a zone', 'id,severity,created\nG,P1,2026-04-03 10:00', 'source=g', 'no_zone'],
		['no id', 'severity,created\nP1,2026-04-03 10:00', 'zone=UTC', 'no_column'],
		['a column that is not there', 'id,severity,created\nG,P1,2026-04-03 10:00', 'zone=UTC&map=x=title', 'no_column'],
		['a field that is not ours', 'id,severity,created\nG,P1,2026-04-03 10:00', 'zone=UTC&map=id=ours', 'no_column'],
		['a zone that is none', 'id,severity,created\nG,P1,2026-04-03 10:00', 'zone=Mars/Base', 'no_zone']
	])('is not imported with %s', async (_case, text, query, code) => {
		await expect(run(text, query)).rejects.toThrow(code);
	});
});

describe('a list of events', () => {
	const events = [
		'incident,at,type,text,value,by',
		'H-1,2026-03-24 14:20,note,Queue is growing,,Ada',
		'H-1,2026-03-24 14:25,decision,Roll back,,Bo',
		'H-2,2026-03-24 10:00,declared,Search is slow,P3,',
		'H-2,2026-03-24 09:58,alert,HighLatency,warning,',
		'H-2,2026-03-24 11:00,resolved,,,',
		'H-9,2026-03-24 11:00,note,of nothing,,'
	].join('\n');

	it('goes into incidents that are here, makes those it declares, and comes twice to nothing', async () => {
		const query = 'zone=UTC&source=events';
		await run([HEADER, line('H-1')].join('\n'), query);
		const first = await run(events, query);
		expect(first).toMatchObject({ kind: 'events', imported: 5 });
		expect(first.refused.map(({ line, code }) => [line, code])).toEqual([[7, 'unknown_incident']]);
		expect(foldAll('real', await logOf('events', 'H-1')).notes).toMatchObject([
			{ text: 'Queue is growing', said: { by: 'Ada' } }
		]);
		expect(foldAll('real', await logOf('events', 'H-2'))).toMatchObject({ severity: 'P3', status: 'resolved' });
		const logs = [await logOf('events', 'H-1'), await logOf('events', 'H-2')];
		expect(await run(events, query)).toMatchObject({ imported: 0, unchanged: 5 });
		expect([await logOf('events', 'H-1'), await logOf('events', 'H-2')]).toEqual(logs);
		const more = `${events}\nH-1,2026-03-24 14:30,note,Queue drains,,Ada`;
		expect(await run(more, query)).toMatchObject({ imported: 1, unchanged: 5 });
	});
});

describe('a file that is none', () => {
	it.each([
		['nothing', new Uint8Array(), 'empty_file'],
		['only a header', new TextEncoder().encode('id,title\n'), 'empty_file'],
		['NUL', new TextEncoder().encode('id\nA\0B'), 'not_text'],
		['UTF-16', new Uint8Array([0xff, 0xfe, 0x69, 0, 0x64, 0]), 'wrong_encoding'],
		['Latin-1', new Uint8Array([...new TextEncoder().encode('id,title\nA,caf'), 0xe9, 0x0a]), 'wrong_encoding'],
		['an endless line', new TextEncoder().encode(`id,title\nA,"${'x'.repeat(1_000_000)}`), 'line_too_long'],
		['deep JSON', new TextEncoder().encode('['.repeat(1_000_000)), 'too_deep'],
		['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'not_text']
	])('%s', async (_case, bytes, code) => {
		const read = await upload(bytes);
		expect(read.ok ? null : read.refusal.code).toBe(code);
		expect(read.ok ? '' : read.refusal.message).toMatch(/^[A-Z][^\n]*\.$/);
	});

	it('stops reading where there is too much of it', async () => {
		let read = 0;
		function* endless() {
			for (;;) {
				read++;
				yield new TextEncoder().encode('A,x\n'.repeat(250_000));
			}
		}
		const result = await readUpload(endless(), 'x.csv');
		expect(result).toMatchObject({ ok: false, refusal: { code: 'too_large' } });
		expect(read).toBeLessThan(40);
	});

	it('reads a file in pieces as it reads it whole', async () => {
		const bytes = new TextEncoder().encode(`${HEADER}\n${line('É-1')}\n`);
		const whole = await readUpload([bytes], 'x.csv');
		const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.subarray(n * 7, n * 7 + 7));
		expect(await readUpload(pieces, 'x.csv')).toEqual(whole);
		expect(whole).toMatchObject({ ok: true, value: { rows: [{ line: 2, cells: { id: 'É-1' } }] } });
	});
});

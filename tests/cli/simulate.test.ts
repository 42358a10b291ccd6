import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { muster, scratchFolder, type Ran } from './muster.ts';

const folder = scratchFolder();
const log = join(folder, 'run.ndjson');
const id = 'high-error-rate-bad-deploy';
const play = (...more: string[]) => muster(['simulate', id, '--seed', '7', ...more]);

let ideal: Ran;
beforeAll(async () => {
	ideal = await play('--policy', 'ideal', '--json', '--log', log);
});

describe('muster simulate', { timeout: 60_000 }, () => {
	it('prints one JSON document with its keys and nothing else', () => {
		const result: unknown = JSON.parse(ideal.out);
		expect(ideal.code).toBe(0);
		expect(ideal.err).toBe('');
		expect(result).toEqual({
			scenario: id,
			version: expect.stringMatching(/^[0-9a-f]{64}$/),
			seed: '7',
			policy: 'ideal',
			outcome: 'resolved',
			endedMs: expect.any(Number),
			milestones: {
				impactStartedMs: expect.any(Number),
				alertFiredMs: expect.any(Number),
				acknowledgedMs: expect.any(Number),
				declaredMs: expect.any(Number),
				mitigatedMs: expect.any(Number),
				resolvedMs: expect.any(Number)
			},
			alerts: expect.any(Array),
			impactMinutes: expect.any(Number),
			score: expect.any(Number),
			eventCount: expect.any(Number),
			hash: expect.stringMatching(/^[0-9a-f]{64}$/)
		});
		expect(result).toHaveProperty('alerts.0', {
			name: expect.any(String),
			labels: expect.objectContaining({ service: expect.any(String) }),
			pendingMs: expect.any(Number),
			firedMs: expect.any(Number),
			resolvedMs: null
		});
	});

	it('says null where something did not happen', async () => {
		const { out } = await play('--policy', 'none', '--json');
		expect(JSON.parse(out)).toMatchObject({
			policy: 'none',
			outcome: 'unresolved',
			endedMs: 15 * 60_000,
			milestones: { acknowledgedMs: null, declaredMs: null, mitigatedMs: null, resolvedMs: null }
		});
	});

	it('is told in words without --json', async () => {
		const { code, out } = await play('--policy', 'none');
		expect(code).toBe(0);
		expect(out).toMatch(/^high-error-rate-bad-deploy, seed 7, policy none: unresolved$/m);
		expect(out).toMatch(/^ {2}First alert +10:4\d:\d\d {2}\(\d:\d\d\)$/m);
		expect(out).toMatch(/^ {2}Acknowledged +-$/m);
	});

	it('plays a policy from a file, and says what was refused and what never came', async () => {
		const file = join(folder, 'policy.yaml');
		writeFileSync(
			file,
			`- { at: 1m, do: { type: completeTask, taskId: t9, result: done } }
- { when: state(nowhere), do: { type: requestHint } }
- { when: declared, do: { type: applyMitigation, mitigationId: rollback_api } }
- { at: 3m, do: { type: declareIncident, severity: P1, title: Errors, summary: "" } }
`
		);
		const { code, out, err } = await muster(['simulate', id, '--policy', file, '--json']);
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ policy: file, milestones: { declaredMs: 180_000 } });
		expect(err).toMatch(/^refused: completeTask .+/m);
		expect(err).toMatch(/^never came to: requestHint$/m);
	});

	it('refuses a broken policy at its place', async () => {
		const file = join(folder, 'broken.yaml');
		writeFileSync(file, '- { at: 1m, do: { type: applyMitigaton } }\n- { do: { type: leave } }\n');
		const { code, out, err } = await muster(['simulate', id, '--policy', file]);
		expect([code, out]).toEqual([1, '']);
		expect(err).toContain(`${file}:2:3: `);
		const json = await muster(['simulate', id, '--policy', file, '--json']);
		expect(json.code).toBe(1);
		expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'broken_file', problems: [{ file, line: 2 }] } });
	});
});

describe('muster replay --verify', () => {
	it('re-derives the log that simulate wrote', async () => {
		const { code, out } = await muster(['replay', log, '--verify', '--json']);
		const { eventCount, hash } = JSON.parse(ideal.out) as { eventCount: number; hash: string };
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ ok: true, events: eventCount, hash });
	});

	it('without --verify tells the same as simulate did', async () => {
		const { code, out } = await muster(['replay', log, '--json']);
		expect(code).toBe(0);
		expect({ ...(JSON.parse(out) as object), policy: 'ideal' }).toEqual(JSON.parse(ideal.out));
	});

	it('fails on a changed event, at its line', async () => {
		const lines = readFileSync(log, 'utf8').split('\n');
		const at = lines.findIndex((line) => line.includes('"incident.declared"'));
		const changed = join(folder, 'changed.ndjson');
		writeFileSync(changed, lines.with(at, (lines[at] ?? '').replace('"P1"', '"P3"')).join('\n'));
		const { code, out, err } = await muster(['replay', changed, '--verify']);
		expect([code, out]).toEqual([1, '']);
		expect(err).toMatch(`${changed}:${at + 1}:1: differs: `);
	});

	it('fails on a file that is no log, at its line', async () => {
		const file = join(folder, 'no.ndjson');
		writeFileSync(file, `${readFileSync(log, 'utf8')}not json\n`);
		const { code, err } = await muster(['replay', file, '--verify']);
		expect(code).toBe(1);
		expect(err).toMatch(/no\.ndjson:\d+:1: not_json: /);
	});
});

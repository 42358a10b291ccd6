// A log that a server exported re-derives: what people really did, with pauses, speeds and what came after the end.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import { readLog } from '../../src/lib/lab/log-file.schema.ts';
import { verifyLog, type Verification } from '../../src/lib/lab/verify.ts';
import { exportIncident } from '../../src/lib/server/api/export.ts';
import { openTestMuster, TestPerson, type Started, type TestMuster } from '../support/test-muster.ts';
import { shippedScenarios } from './scenarios.ts';

const compiled =
	shippedScenarios().scenarios.find(({ scenario }) => scenario.id === 'high-error-rate-bad-deploy') ?? expect.fail();

let server: TestMuster;
let run: Started;
let host: TestPerson;
let lead: TestPerson;

async function verifyExport(): Promise<Verification> {
	const exported = await exportIncident(server.muster, await server.live(run.incidentId), 'ndjson', {
		reader: null,
		admin: true
	});
	if (!exported.ok) return expect.fail(exported.message);
	const read = readLog(exported.text);
	if (!read.ok) return expect.fail(`line ${read.problem.line}: ${read.problem.message}`);
	return verifyLog(createEngine(compiled, read.log.header.seed ?? ''), read.log);
}

describe('an exported log', { timeout: 60_000 }, () => {
	beforeAll(async () => {
		server = await openTestMuster({ compiled: [compiled] });
		run = await server.start();
		host = await TestPerson.enter(server.url, run);
		lead = await TestPerson.enter(server.url, await server.join(run.incidentId, { name: 'Lead', as: 'responder' }));
	}, 60_000);
	afterAll(async () => {
		host.leave();
		lead.leave();
		await server.close();
	});

	it('[LB5] re-derives in the lobby', async () => {
		expect(await verifyExport()).toMatchObject({ ok: true, commands: 2 });
	});

	it('[LB5] re-derives while the run goes on', async () => {
		await host.must({ type: 'beginRun' });
		await host.must({ type: 'setSpeed', speed: 20 });
		await server.pass(9);
		await host.must({ type: 'pauseRun', reason: 'coffee', cause: 'host' });
		await lead.must({ type: 'postMessage', text: 'Said while time stood still.' });
		await server.pass(2);
		await host.must({ type: 'resumeRun' });
		await lead.must({ type: 'takeRole', role: 'technical_lead' });
		await host.must({ type: 'declareIncident', severity: 'P1', title: 'Errors', summary: 'Many.' });
		await lead.must({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		expect(await verifyExport()).toMatchObject({ ok: true });
		await server.pass(10);
		expect(await verifyExport()).toMatchObject({ ok: true });
	});

	it('[LB5] re-derives after the end, whatever was added since', async () => {
		await host.must({ type: 'endRun', reason: 'host' });
		await lead.must({ type: 'answerHotwash', wentWell: 'We asked what changed.', surprisedMe: '', unclear: '' });
		await host.must({ type: 'openTruth' });
		await server.pass(1);
		const verified = await verifyExport();
		expect(verified).toMatchObject({ ok: true });
		const { events, course } = await server.live(run.incidentId);
		expect(course.incident.lifecycle).toBe('ended');
		expect('events' in verified && events.length).toBeGreaterThan('events' in verified ? verified.events : NaN);
	});
});

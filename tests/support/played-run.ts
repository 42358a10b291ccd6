// A run that was played over the wire, up to its post-mortem: for tests that begin where the response ends.

import type { BrowserContext } from '@playwright/test';
import type { Started } from '../../src/lib/protocol/messages.ts';
import { TestPerson, until, type Joined } from './test-muster.ts';

export interface Played {
	incidentId: string;
	host: Joined & { name: string };
	other: Joined & { name: string };
}

/** Plays the first scenario: alert, declaration, a hypothesis that is confirmed, a rollback, the end, the truth. */
export async function playToPostmortem(url: string, seed = 'played'): Promise<Played> {
	const started = await post<Started>(url, '/api/runs', { scenario: 'high-error-rate-bad-deploy', seed, name: 'Ada' });
	const { incidentId } = started;
	const joined = await post<Omit<Joined, 'incidentId'>>(url, `/api/incidents/${incidentId}/join`, {
		name: 'Ben',
		as: 'responder'
	});
	const ada = await TestPerson.enter(url, started);
	const ben = await TestPerson.enter(url, { incidentId, ...joined });
	await ada.must({ type: 'beginRun' });
	await ada.must({ type: 'setSpeed', speed: 60 });
	const seen = (type: string) => ada.events.some((event) => event.type === type);
	await until('an alert fires', () => seen('page.delivered'));
	await ada.must({ type: 'setSpeed', speed: 1 });
	const alert = ada.events.find((event) => event.type === 'alert.fired');
	if (alert?.type !== 'alert.fired') throw new Error('no alert');
	await ben.must({ type: 'acknowledgeAlert', alertId: alert.payload.alertId });
	await ada.must({ type: 'declareIncident', severity: 'P1', title: 'The API fails for one in four', summary: '' });
	await ada.must({ type: 'takeRole', role: 'incident_commander' });
	await ben.must({ type: 'takeRole', role: 'technical_lead' });
	await ben.must({ type: 'addNote', text: 'Errors began three minutes after core-api 4.18.0' });
	await ben.must({
		type: 'proposeHypothesis',
		text: 'Release 4.18.0 of core-api throws for some accounts',
		confidence: 0.8
	});
	await ada.must({
		type: 'publishStatusUpdate',
		channel: 'status_page',
		state: 'investigating',
		impact: 'One in four requests to the API fails',
		action: 'We look at the last release',
		nextUpdateInMinutes: 20
	});
	const hypothesis = ada.events.find((event) => event.type === 'hypothesis.proposed');
	if (hypothesis?.type === 'hypothesis.proposed') {
		const { hypothesisId } = hypothesis.payload;
		await ben.must({ type: 'confirmHypothesis', hypothesisId, reason: 'only 4.18.0 fails', evidenceId: null });
	}
	const rollback = ada.snapshot?.room?.mitigations.find(({ name }) => /Roll core-api back/.test(name));
	if (!rollback) throw new Error('no rollback');
	await ben.must({ type: 'applyMitigation', mitigationId: rollback.id, runbookId: null, stepId: null });
	await ada.must({ type: 'setSpeed', speed: 60 });
	await until('the rollback is carried out', () => seen('mitigation.finished'));
	await ada.must({ type: 'changeStatus', status: 'monitoring', note: 'Errors fall', verification: null });
	await until('some minutes pass', () => seen('alert.resolved'));
	await ada.must({ type: 'changeStatus', status: 'resolved', note: '', verification: 'Errors flat for five minutes' });
	if (!seen('run.ended')) await ada.command({ type: 'endRun', reason: 'host' });
	await until('it is over', () => seen('run.ended'));
	await ada.must({
		type: 'answerHotwash',
		wentWell: 'We asked first what had changed',
		surprisedMe: 'The canary was green',
		unclear: ''
	});
	await ada.must({ type: 'openTruth' });
	await until('it is drafted', () => seen('postmortem.drafted'));
	ada.leave();
	ben.leave();
	return {
		incidentId,
		host: { ...started, name: 'Ada' },
		other: { incidentId, ...joined, name: 'Ben' }
	};
}

/** Makes a browser remember that it has joined. */
export async function remember(
	context: BrowserContext,
	url: string,
	{ incidentId, token, participantId, name }: Joined & { name: string }
): Promise<void> {
	await context.addCookies([{ name: `muster_member_${incidentId}`, value: token, url }]);
	await context.addInitScript(
		([key, value]) => localStorage.setItem(key ?? '', value ?? ''),
		[`muster.joined.${incidentId}`, JSON.stringify({ token, participantId, name })]
	);
}

async function post<T>(url: string, path: string, body: unknown): Promise<T> {
	const response = await fetch(url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

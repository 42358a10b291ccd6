import { describe, expect, it } from 'vitest';
import { parseCondition } from '../scenario/condition-parser.ts';
import { conditionHolds } from './ask.ts';
import { HeldMemory } from './conditions.ts';
import { fillIn } from './templates.ts';
import { Player } from './testing/player.ts';

const MIN = 60_000;
const player = new Player().begun().to(3 * MIN);
player.give({ type: 'takeRole', role: 'technical_lead' });
player.give({ type: 'runDiagnostic', diagnosticId: 'rollout_history' });
player.to(5 * MIN);
player.give({ type: 'declareIncident', severity: 'P2', title: 'Errors', summary: '' });
player.give({
	type: 'publishStatusUpdate',
	channel: 'status_page',
	state: 'investigating',
	impact: 'Some requests fail',
	action: 'We look into it',
	nextUpdateInMinutes: 20
});
player.give({ type: 'answerStakeholder', questionId: 'q1', text: 'Yes, we are on it.' });
player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
player.to(8 * MIN);

describe('conditions', () => {
	// Eight minutes in: rolled back a minute ago, errors low for some two minutes.
	it.each([
		['metric(api.errors) < 1%', true],
		['metric(api.errors) < 1% for 1m', true],
		['metric(api.errors) < 1% for 4m', false],
		['metric(api[version=1.4.0].errors) < 1%', true],
		['metric(api.ready) == 4', true],
		['state(mitigated)', true],
		['state(outage)', false],
		['visited(outage)', true],
		['action(rollback_api)', true],
		['action(restart_api)', false],
		['evidence(rollout_history)', true],
		['evidence(db_locks)', false],
		['elapsed >= 8m', true],
		['elapsed > 8m', false],
		['clock >= 10:48', true],
		['clock > 10:48', false],
		['severity == P2', true],
		['severity <= P2', true],
		['severity == P1', false],
		['role(technical_lead)', true],
		['role(scribe)', true],
		['role(incident_commander)', false],
		['comms(status_page) >= 1', true],
		['comms(stakeholders) >= 1', true],
		['comms(internal) >= 1', false],
		['declared', true],
		['status == investigating', true],
		['alert(HighErrorRate)', true],
		['alert(MemoryHigh)', false],
		['acknowledged(HighErrorRate)', false],
		['answered(support)', true],
		['answered(vp)', false],
		['handoff_complete', false],
		['not state(outage) and (declared or state(outage))', true]
	])('[EN13] %s: %s', (text, expected) => {
		const parsed = parseCondition(text);
		if (!parsed.ok) throw new Error(parsed.message);
		expect(conditionHolds(player.engine, player.state, parsed.condition)).toBe(expected);
	});
});

it('[EN13] acknowledged(…) holds from then on, also when the alert has resolved', () => {
	const parsed = parseCondition('acknowledged(HighErrorRate)');
	if (!parsed.ok) throw new Error(parsed.message);
	const other = new Player().begun().to(6 * MIN);
	expect(conditionHolds(other.engine, other.state, parsed.condition)).toBe(false);
	const alertId = other.state.incident.alerts.find(({ name }) => name === 'HighErrorRate')?.alertId ?? expect.fail();
	other.give({ type: 'acknowledgeAlert', alertId });
	expect(conditionHolds(other.engine, other.state, parsed.condition)).toBe(true);
});

it('[EN13] a remembered `for` answers as one that is looked up from its beginning', () => {
	const parsed = parseCondition('metric(api.errors) < 2% for 90s or metric(api.errors) > 2% for 45s');
	if (!parsed.ok) throw new Error(parsed.message);
	const memory = new HeldMemory();
	const other = new Player().begun();
	const seen = new Set<boolean>();
	for (let tMs = MIN; tMs <= 8 * MIN; tMs += 7_000) {
		other.to(tMs);
		const plain = conditionHolds(other.engine, other.state, parsed.condition);
		expect(conditionHolds(other.engine, other.state, parsed.condition, memory)).toBe(plain);
		seen.add(plain);
	}
	expect([...seen].sort()).toEqual([false, true]);
});

describe('texts', () => {
	it.each([
		['{{metric api.latency}}', /^2\d\dms$/],
		['{{metric api.ready}} pods', /^4 pods$/],
		['{{metric search.mem}}', /^\d\d(\.\d)?%$/],
		['{{time -4m}}', /^10:36$/],
		['{{time 20s}}', /^10:40:20$/],
		['{{now}}', /^10:48$/],
		['{{now -1h}}', /^09:48$/],
		['{{state release_bug}}', /^mitigated$/],
		['{{pod db 0}}', /^db-0$/],
		['{{customer 3}} on {{host 2}}', /^\S+ \S+ on ip-10-\d+-\d+-\d+$/],
		['{{metric nobody.errors}} {{what is this}}', /^\{\{metric nobody\.errors\}\} \{\{what is this\}\}$/]
	])('%s', (text, expected) =>
		expect(fillIn(player.engine.machinery(player.state.seed), player.state, text)).toMatch(expected)
	);
});

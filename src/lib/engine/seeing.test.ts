import { describe, expect, it } from 'vitest';
import { smallScenario } from '../world/testing/small-scenario.ts';
import { matchLine, meaningOf } from './console.ts';
import { facilitatorView } from './facilitator.ts';
import { roomInfo } from './room-info.ts';
import { Player } from './testing/player.ts';

const MIN = 60_000;
const compiled = smallScenario();

describe('diagnostics', () => {
	it('[EN19] answer after their time with what holds then', () => {
		const player = new Player().begun().to(2 * MIN);
		player.give({ type: 'runDiagnostic', diagnosticId: 'rollout_history' });
		player.to(2 * MIN + 2_000);
		expect(player.told('evidence.revealed')).toEqual([]);
		player.to(2 * MIN + 3_000);
		expect(player.told('evidence.revealed')).toMatchObject([
			{ evidenceId: 'e1', second: 123, output: 'revision 418 (1.5.0) at 10:36, errors 4.85%, was degraded' }
		]);
		expect(player.state.evidenceSeen).toEqual({ rollout_history: 123_000 });
	});

	it('[EN19] say so where something they need is missing', () => {
		const player = new Player().begun();
		player.give({ type: 'runDiagnostic', diagnosticId: 'heap' });
		player.to(5_000);
		expect(player.told('evidence.revealed')[0]?.output).toMatch(/not available/);
		player.give({ type: 'runDiagnostic', diagnosticId: 'rollout_history' });
		player.to(10_000);
		player.give({ type: 'runDiagnostic', diagnosticId: 'heap' });
		player.to(15_000);
		expect(player.told('evidence.revealed')[2]?.output).toMatch(/^char\[\] 7\d.*%$/);
	});

	it('[EN19] land in the view of their seats and of the runner’s', () => {
		const player = new Player().begun();
		const audience = () => player.events.findLast((event) => event.type === 'evidence.revealed')?.audience;
		player.give({ type: 'runDiagnostic', diagnosticId: 'db_locks' });
		player.to(21_000);
		expect(audience()).toEqual({ kind: 'everyone' });
		player.give({ type: 'takeRole', role: 'incident_commander' });
		player.give({ type: 'runDiagnostic', diagnosticId: 'db_locks' });
		player.to(60_000);
		expect(audience()).toEqual({ kind: 'seats', seats: ['incident_commander', 'technical_lead'] });
		// What only some see is counted apart, so that its number tells nobody else of it.
		expect(player.told('evidence.revealed').map(({ evidenceId }) => evidenceId)).toEqual(['e1', 'e-ictl1']);
	});
});

describe('the console', () => {
	it.each([
		['kubectl rollout history deploy/api', { type: 'diagnostic', id: 'rollout_history' }],
		['  KUBECTL  rollout   history deploy/api ', { type: 'diagnostic', id: 'rollout_history' }],
		['rollout history', { type: 'diagnostic', id: 'rollout_history' }],
		['rollout histroy', { type: 'diagnostic', id: 'rollout_history' }],
		['select * from pg_locks where not granted;', { type: 'diagnostic', id: 'db_locks' }],
		['kubectl rollout undo deploy/api', { type: 'mitigation', id: 'rollback_api' }],
		[
			'kubectl rollout undo deploy/apo',
			{ type: 'unknown', suggestions: expect.arrayContaining(['kubectl rollout undo deploy/api']) }
		],
		['xyzzy', { type: 'unknown', suggestions: [] }]
	])('[EN20] understands %s', (line, expected) => expect(matchLine(compiled, line)).toEqual(expected));

	it.each([
		['kubectl rollout history deployment api', { type: 'diagnostic', id: 'rollout_history' }],
		['kubectl -n prod rollout undo deployment/api', { type: 'mitigation', id: 'rollback_api' }],
		['kubectl rollout undo deployment/api -n prod', { type: 'mitigation', id: 'rollback_api' }],
		['kubectl get pods', { type: 'look' }],
		['kubectl get pods | grep api', { type: 'look' }],
		['kubectl scale deploy/api --replicas=40', { type: 'refused' }],
		['kubectl delete pod api-x', { type: 'refused' }],
		['xyzzy', { type: 'refused' }]
	])('[EN20] takes %s for what it is', (line, expected) => expect(meaningOf(compiled, line)).toMatchObject(expected));

	it.each([
		['kubectl scale deploy/search --replicas=40', 'would change the system'],
		['kubectl rollout undo deploy/apo', 'not found'],
		['kubectl rolout history deploy/api', 'revision 418'],
		['kubectl rolout status deploy/search', 'kubectl rollout'],
		['kubctl get pods', 'kubectl get pods'],
		['kubectl get deploymints', 'kubectl get deployments'],
		['redis-cli info', 'no Redis'],
		['xyzzy', '"help" lists']
	])('[EN20] answers %s with a way on', (line, words) => {
		const player = new Player().begun();
		const refusal = player.give({ type: 'runConsole', line });
		player.to(4_000);
		expect(refusal?.message ?? player.told('evidence.revealed')[0]?.output).toContain(words);
	});

	it('[EN20] shows the system as it is when the output comes, to everyone, and each time anew', () => {
		const player = new Player().begun();
		expect(player.give({ type: 'runConsole', line: 'kubectl get pods' })).toBeNull();
		expect(player.give({ type: 'runConsole', line: 'kubectl get pods' })).toBeNull();
		player.to(3_000);
		const [first, second] = player.told('evidence.revealed');
		expect(first?.output).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\n/);
		expect(first?.output).toEqual(second?.output);
		expect(player.state.incident.diagnostics.every(({ done }) => done)).toBe(true);
		expect(player.events.filter(({ type }) => type === 'evidence.revealed')[0]?.audience).toEqual({ kind: 'everyone' });
	});

	it('[EN20] runs a few commands of one person side by side, not more', () => {
		const player = new Player().begun();
		const answers = Array.from({ length: 6 }, () =>
			player.give({ type: 'runConsole', line: 'kubectl logs deploy/api' })
		);
		expect(answers.map((each) => each?.code ?? 'ok')).toEqual(['ok', 'ok', 'ok', 'ok', 'too_many', 'too_many']);
	});
});

describe('runbooks', () => {
	it('[EN21] run their automated steps as the automation', () => {
		const player = new Player().begun().to(2 * MIN);
		expect(player.give({ type: 'runStep', runbookId: 'errors', stepId: 'history' })?.message).toBe(
			'Open the runbook first.'
		);
		player.give({ type: 'openRunbook', runbookId: 'errors' });
		expect(player.give({ type: 'runStep', runbookId: 'errors', stepId: 'decide' })?.code).toBe('wrong_state');
		expect(player.give({ type: 'runStep', runbookId: 'errors', stepId: 'ask' })?.code).toBe('unknown_id');
		expect(player.give({ type: 'runStep', runbookId: 'errors', stepId: 'history' })).toBeNull();
		expect(player.give({ type: 'runStep', runbookId: 'errors', stepId: 'back' })).toBeNull();
		player.to(5 * MIN);
		expect(player.told('runbook.step_completed')).toMatchObject([
			{ stepId: 'history', automated: true, second: 123, result: expect.stringContaining('revision 418') },
			{ stepId: 'back', automated: true, second: 240 }
		]);
		expect(player.told('mitigation.started')).toMatchObject([{ runbookId: 'errors', stepId: 'back' }]);
		const actors = player.events
			.filter((e) => e.type === 'evidence.revealed' || e.type === 'mitigation.finished')
			.map((e) => e.actor);
		expect(actors).toEqual([
			{ kind: 'system', name: 'automation' },
			{ kind: 'system', name: 'automation' }
		]);
	});
});

describe('views of a scenario', () => {
	it('[EN30] tell trainees nothing of what is hidden', () => {
		expect(JSON.stringify(roomInfo(compiled))).not.toMatch(/CANARY|effective|harmful|verdict|defect/);
		expect(roomInfo(compiled).runbooks[0]?.steps.map(({ id }) => id)).toEqual(['history', 'flush', 'decide', 'back']);
		expect(roomInfo(compiled).services.find(({ name }) => name === 'api')?.dependsOn).toEqual([
			'db',
			'cache',
			'search'
		]);
	});

	it('show a facilitator where everything stands', () => {
		const player = new Player().begun().to(2 * MIN);
		const view = facilitatorView(player.engine, player.state);
		expect(view.faults.find(({ faultId }) => faultId === 'release_bug')).toMatchObject({
			state: 'degraded',
			note: 'CANARY-state-note',
			next: [{ to: 'outage', atMs: 5 * MIN, waits: false }]
		});
		expect(view.injects.map(({ injectId, status, dueMs }) => [injectId, status, dueMs])).toEqual([
			['support', 'delivered', 2 * MIN],
			['colleague', 'waiting', 4 * MIN],
			['vp', 'waiting', null]
		]);
		expect(view.impact.share).toBeCloseTo(0.0469, 2);
		expect(view.slis).toMatchObject([{ id: 'api_errors', met: false }]);
		expect(view.restored).toEqual([{ index: 0, holds: false }]);
	});
});

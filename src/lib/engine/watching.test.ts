import { describe, expect, it } from 'vitest';
import { smallScenario } from '../world/testing/small-scenario.ts';
import { plainEngine, Player, SETTINGS } from './testing/player.ts';

const MIN = 60_000;

describe('alerts', () => {
	it('[EN25] fire on what can be observed, with all the page needs', () => {
		const player = new Player().begun().to(8 * MIN);
		const [alert] = player.told('alert.fired');
		expect(alert).toMatchObject({
			alertId: 'a1',
			name: 'HighErrorRate',
			level: 'critical',
			labels: { service: 'api' }
		});
		expect((alert?.second ?? 0) % 15).toBe(0);
		expect(alert?.context).toEqual({
			summary: 'High 5xx error rate detected',
			description: expect.stringMatching(/^Error rate is \d.*% in api$/),
			runbookUrl: 'https://runbooks.example/errors',
			dashboardUrl: 'https://grafana.example/d/errors',
			recentChanges: [expect.stringMatching(/^api 1\.5\.0 \(api, \d+ min ago\)$/), expect.stringContaining('search')],
			affectedEndpoints: ['/'],
			escalation: 'Call the database team.',
			automatedResponse: 'None.',
			expr: expect.stringContaining('http_requests_total')
		});
	});

	it('[EN25] resolve, and fire again under another id', () => {
		const player = new Player().begun().to(6 * MIN);
		player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		player.to(20 * MIN);
		const fired = player.told('alert.fired').filter(({ name }) => name === 'HighErrorRate');
		expect(player.told('alert.resolved').map(({ alertId }) => alertId)).toEqual(
			expect.arrayContaining(fired.map(({ alertId }) => alertId))
		);
	});

	it('[EN25] that fired before the begin fire at the begin, and page then', () => {
		const early = smallScenario((yaml) => yaml.replace('begins: -20m', 'begins: -38m'));
		const player = new Player(plainEngine(early));
		expect(player.told('alert.fired')).toEqual([]);
		player.begun().to(MIN);
		expect(player.told('alert.fired')).toMatchObject([{ name: 'MemoryHigh', second: 0 }]);
		expect(player.told('alert.fired')[0]?.activeAt).toBeLessThan(player.engine.compiled.startsAt);
		expect(player.told('page.delivered')[0]?.second).toBeGreaterThanOrEqual(5);
	});

	it('[EN26] page the primary in 5 to 20 s, and the next in line while nobody answers', () => {
		const player = new Player().begun().to(18 * MIN);
		const firedAt = player.told('alert.fired')[0]?.second ?? 0;
		const pages = player.told('page.delivered').filter(({ alertId }) => alertId === 'a1');
		expect(pages.map(({ to }) => to)).toEqual(['primary', 'secondary', 'everyone']);
		const [first = 0, second = 0, third = 0] = pages.map((page) => page.second);
		expect(first - firedAt).toBeGreaterThanOrEqual(5);
		expect(first - firedAt).toBeLessThanOrEqual(20);
		expect([second - first, third - second]).toEqual([300, 300]);
	});

	it('[EN26] wake nobody else once it is acknowledged', () => {
		const player = new Player().begun().to(6 * MIN);
		player.give({ type: 'acknowledgeAlert', alertId: 'a1' });
		player.to(18 * MIN);
		expect(player.told('page.delivered').filter(({ alertId, to }) => alertId === 'a1' && to !== 'primary')).toEqual([]);
	});

	it('[EN27] call the secondary when a declared severity stays unmitigated', () => {
		const policy = { ...SETTINGS.policy, P2: { ...SETTINGS.policy.P2, escalationMs: 4 * MIN } };
		const declare = (player: Player) => {
			player.begun().to(6 * MIN);
			player.give({ type: 'declareIncident', severity: 'P2', title: 'Errors', summary: '' });
			return player;
		};
		const waiting = declare(new Player(plainEngine(), 's', { ...SETTINGS, policy })).to(14 * MIN);
		expect(waiting.told('escalated')).toMatchObject([{ to: 'secondary', second: 600 }]);
		const called = declare(new Player(plainEngine(), 's', { ...SETTINGS, policy }));
		called.give({ type: 'escalate', to: 'secondary', whom: '', reason: 'need hands' });
		expect(called.to(14 * MIN).told('escalated')).toHaveLength(1);
	});
});

describe('impact', () => {
	it('[EN28] starts and ends with what users feel, dated to when they felt it', () => {
		const player = new Player().begun().to(5 * MIN);
		player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		player.to(12 * MIN);
		const [started] = player.told('impact.started');
		const [ended] = player.told('impact.ended');
		// Errors of three pods in four pass 2 % after 25 s of a ramp to 12 % in two minutes.
		expect(started?.second).toBe(85);
		expect(ended?.second).toBeGreaterThan(360);
		expect(ended?.affectedMinutes).toBeCloseTo(player.state.impact.affectedMinutes, 9);
		const changes = player.told('impact.changed');
		for (const [i, change] of changes.entries()) {
			const before = changes[i - 1];
			if (before === undefined) continue;
			expect(change.second - before.second).toBeGreaterThanOrEqual(15);
			expect(Math.abs(change.share - before.share)).toBeGreaterThanOrEqual(0.005);
		}
		expect(player.told('sli.breached')).toMatchObject([{ sli: 'api_errors' }]);
		expect(player.told('sli.restored')).toMatchObject([{ sli: 'api_errors' }]);
		expect(player.state.slis.api_errors?.breachMinutes).toBeGreaterThan(4);
	});
});

describe('the end', () => {
	const resolve = (player: Player) =>
		player.give({
			type: 'changeStatus',
			status: 'resolved',
			note: '',
			verification: 'errors back below 1 % for three minutes'
		});

	it('[EN29] is won when people say resolved and it is', () => {
		const player = new Player().begun().to(5 * MIN);
		player.give({ type: 'declareIncident', severity: 'P1', title: 'Errors', summary: '' });
		player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		player.to(7 * MIN);
		expect(resolve(player)).toBeNull();
		// Too early: the error ratio has not been low for three minutes.
		player.to(8 * MIN);
		expect(player.state.outcome).toBeNull();
		player.to(15 * MIN);
		expect(player.told('run.ended')).toMatchObject([{ outcome: 'resolved', reason: 'success' }]);
		expect(player.state.simMs).toBeLessThan(11 * MIN);
	});

	it('[EN29] comes at the limit otherwise', () => {
		const player = new Player(plainEngine(), 's', { ...SETTINGS, limitMinutes: 9 }).begun().to(60 * MIN);
		expect(player.told('run.ended')).toEqual([
			{ outcome: 'unresolved', reason: 'limit', endedMs: 9 * MIN, second: 540 }
		]);
		expect(player.to(61 * MIN).events.filter((event) => event.type === 'run.ended')).toHaveLength(1);
	});
});

describe('faults', () => {
	it('[EN11] [EN12] follow timers and conditions', () => {
		const player = new Player().begun().to(5 * MIN);
		player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		player.to(30 * MIN);
		const moves = player.told('fault.transitioned').filter(({ faultId }) => faultId === 'release_bug');
		expect(moves.map(({ to, second }) => [to, second])).toEqual([
			['degraded', 60],
			['outage', 300],
			['mitigated', 420],
			// Low since before: `for` counts from entering the state.
			['resolved', 540]
		]);
		expect(player.told('fault.transitioned').find(({ to }) => to === 'known')?.because).toBe('condition');
	});
});

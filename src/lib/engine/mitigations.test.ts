import { describe, expect, it } from 'vitest';
import { metricHandle } from '../world/index.ts';
import { plainEngine, Player } from './testing/player.ts';

const MIN = 60_000;
const apply = (mitigationId: string) => ({
	type: 'applyMitigation' as const,
	mitigationId,
	runbookId: null,
	stepId: null
});
const now = (player: Player, service: string, metric: string) =>
	metricHandle(
		player.engine.machinery(player.state.seed).world,
		player.state.world,
		service,
		{},
		metric
	)(player.state.simMs);

describe('mitigations', () => {
	it('[EN14] start and finish visibly, and are judged out of sight', () => {
		const player = new Player().begun().to(5 * MIN);
		player.give(apply('rollback_api'));
		expect(player.give(apply('rollback_api'))?.code).toBe('wrong_state');
		player.to(8 * MIN);
		const [started] = player.told('mitigation.started');
		const [finished] = player.told('mitigation.finished');
		expect(started).toMatchObject({ attemptId: 'x1', second: 300 });
		expect(started?.readyAt).toBe(player.engine.compiled.startsAt + 7 * MIN);
		expect(finished).toEqual({
			attemptId: 'x1',
			mitigationId: 'rollback_api',
			name: 'Roll back api',
			ran: true,
			message: 'deployment.apps/api rolled back',
			second: 420
		});
		expect(player.told('mitigation.judged')).toMatchObject([
			{ verdict: 'effective', fromState: 'outage', toState: 'mitigated' }
		]);
		expect(
			player.events.filter((event) => event.type === 'mitigation.judged').map((event) => event.audience.kind)
		).toEqual(['truth']);
	});

	it('[EN15] a state’s own answer beats the default: the same restart helps in one state and not in another', () => {
		const early = new Player().begun().to(2 * MIN);
		early.give(apply('restart_api'));
		expect(early.to(4 * MIN + 30_000).state.world.faults.release_bug?.state).toBe('mitigated');
		expect(early.told('mitigation.judged')).toMatchObject([{ verdict: 'ineffective' }]);
		const late = new Player().begun().to(6 * MIN);
		late.give(apply('restart_api'));
		expect(late.to(9 * MIN).state.world.faults.release_bug?.state).toBe('outage');
		expect(late.told('mitigation.judged')).toMatchObject([{ verdict: 'harmful' }]);
	});

	it('[EN15] [EN17] outside `from` it is carried out and changes no fault', () => {
		const player = new Player().begun();
		player.give(apply('rollback_api'));
		player.to(50_000);
		expect(player.state.actionsDone).toEqual({});
		player.to(2 * MIN);
		// It was done in the second minute, when the fault had begun: then it counts.
		expect(player.state.actionsDone).toEqual({ rollback_api: 2 * MIN });
	});

	it('[EN16] what it needs is missing: the tool says so, soon, and nothing changes', () => {
		const player = new Player().begun().to(10_000);
		const world = player.state.world;
		player.give(apply('flush'));
		player.to(20_000);
		expect(player.told('mitigation.finished')).toMatchObject([
			{ ran: false, second: 13, message: expect.stringContaining('LOADING') }
		]);
		// The room was told the usual time: how soon it fails must not be known before.
		expect(player.told('mitigation.started')[0]?.readyAt).toBe(player.engine.compiled.startsAt + 20_000);
		expect(player.state.world).toBe(world);
		expect(player.state.actionsDone).toEqual({});
	});

	it('[EN9] [EN16] draws its chance by attempt: whatever else was done, the second try ends the same', () => {
		const outcomes = (others: boolean) => {
			const player = new Player().begun();
			for (let i = 0; i < 8; i += 1) {
				if (others) player.give(apply('flush'));
				player.give(apply('scale_api'));
				player.to(player.state.simMs + 2 * MIN);
			}
			return player
				.told('mitigation.finished')
				.filter((done) => done.mitigationId === 'scale_api')
				.map((done) => done.ran);
		};
		const alone = outcomes(false);
		expect(alone).toHaveLength(8);
		expect(new Set(alone).size).toBe(2);
		expect(outcomes(true)).toEqual(alone);
	});

	it('[EN18] effects of `during` end when it is done, and what lay beneath goes on', () => {
		const player = new Player().begun().to(7 * MIN);
		player.give(apply('restart_api'));
		expect(now(player, 'api', 'latency')).toBeLessThan(450);
		expect(now(player.to(8 * MIN), 'api', 'latency')).toBeGreaterThanOrEqual(600);
		expect(now(player.to(9 * MIN + 30_000), 'api', 'latency')).toBeLessThan(450);
	});

	it('[EN18] effects of `after` stay until they are over or a fault recovers', () => {
		const player = new Player().begun().to(2 * MIN);
		player.give(apply('flush'));
		expect(now(player.to(2 * MIN + 15_000), 'api', 'errors')).toBeGreaterThan(0.4);
	});

	it('[EN5] changes nothing that could be seen before', () => {
		const player = new Player().begun().to(5 * MIN);
		const { world } = player.engine.machinery('s');
		const before = player.state.world;
		player.give(apply('restart_api'));
		player.give(apply('rollback_api'));
		for (const metric of ['errors', 'latency', 'ready', 'cpu', 'mem']) {
			const [a, b] = [before, player.state.world].map((state) => metricHandle(world, state, 'api', {}, metric));
			for (let t = 0; t <= 5 * MIN; t += 5_000) expect(b?.(t)).toBe(a?.(t));
		}
	});

	it('[EN18] the change feed shows what was deployed', () => {
		const player = new Player(plainEngine()).begun().to(5 * MIN);
		player.give(apply('rollback_api'));
		player.to(8 * MIN);
		expect(player.told('change.deployed').at(-1)).toMatchObject({ service: 'api', version: '1.4.0', second: 420 });
	});
});

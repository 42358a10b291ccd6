import { describe, expect, it } from 'vitest';
import { plainEngine, Player } from './testing/player.ts';

const MIN = 60_000;

describe('time', () => {
	it('[EN2] stands on the grid, and still unless the run is running', () => {
		const player = new Player();
		expect(player.to(5 * MIN).state.simMs).toBe(0);
		expect(player.begun().to(61_700).state.simMs).toBe(61_000);
		player.give({ type: 'pauseRun', reason: '', cause: 'host' });
		expect(player.to(5 * MIN).state.simMs).toBe(61_000);
		player.give({ type: 'resumeRun' });
		expect(player.to(10 * 3_600_000).state.simMs).toBe(30 * MIN);
		expect(player.state.outcome).toBe('unresolved');
	});

	it('[EN4] plays what is due before impact, impact before rules, and the timeline last', () => {
		const player = new Player().begun().to(8 * MIN);
		const at = (second: number) =>
			player.events.filter((event) => event.simMs === second * 1000).map((event) => event.type);
		expect(at(300)).toEqual(['fault.transitioned', 'impact.changed']);
		const fires = player.told('alert.fired')[0]?.second ?? 0;
		expect(at(fires).at(-1)).toBe('note.added');
		expect(at(fires).indexOf('alert.fired')).toBeGreaterThan(at(fires).indexOf('impact.changed'));
	});

	it('[EN3] in one leap, in odd steps and second by second is the same', () => {
		const leap = new Player().begun();
		leap.give({ type: 'applyMitigation', mitigationId: 'restart_api', runbookId: null, stepId: null });
		leap.to(15 * MIN);
		for (const stepMs of [1_000, 7_000, 61_000]) {
			const steps = new Player().begun();
			steps.give({ type: 'applyMitigation', mitigationId: 'restart_api', runbookId: null, stepId: null });
			for (let t = stepMs; t < 15 * MIN + stepMs; t += stepMs) steps.to(Math.min(t, 15 * MIN));
			expect(steps.events).toEqual(leap.events);
			expect(steps.engine.hash(steps.state)).toBe(leap.engine.hash(leap.state));
		}
	});

	it('[EN7] a pause, another speed and a freeze change nothing but themselves', () => {
		const plain = new Player().begun().to(12 * MIN);
		const paused = new Player().begun().to(3 * MIN + 7_000);
		paused.give({ type: 'pauseRun', reason: 'lunch', cause: 'host' });
		expect(paused.give({ type: 'runDiagnostic', diagnosticId: 'db_locks' })?.code).toBe('paused');
		expect(paused.give({ type: 'postMessage', text: 'back soon' })).toBeNull();
		paused.give({ type: 'resumeRun' });
		paused.give({ type: 'setSpeed', speed: 20 });
		paused.to(5 * MIN);
		paused.give({ type: 'freezeForRealIncident' });
		paused.give({ type: 'resumeRun' });
		paused.to(12 * MIN);
		const own = ['clock.paused', 'clock.resumed', 'clock.speed_changed', 'exercise.frozen', 'message.posted'];
		expect(paused.events.filter((event) => !own.includes(event.type))).toEqual(plain.events);
		expect(paused.state.world).toEqual(plain.state.world);
		expect(paused.state.queue).toEqual(plain.state.queue);
	});

	it('[EN8] leaves the state it is given alone', () => {
		const player = new Player().begun().to(4 * MIN);
		const before = player.state;
		const text = JSON.stringify(before);
		player.give({ type: 'runConsole', line: 'rollout history' });
		player.to(9 * MIN);
		expect(JSON.stringify(before)).toBe(text);
	});

	it('[EN8] goes on from a saved state as if it had never been put away, in a fresh engine too', () => {
		const straight = new Player().begun();
		straight.to(7 * MIN);
		const saved = JSON.parse(JSON.stringify(straight.state)) as typeof straight.state;
		straight.to(20 * MIN);
		const loaded = new Player(plainEngine());
		loaded.state = saved;
		loaded.to(20 * MIN);
		expect(loaded.engine.hash(loaded.state)).toBe(straight.engine.hash(straight.state));
	});

	it('[EN10] plays the time before the run', () => {
		const player = new Player();
		expect(player.told('fault.transitioned')).toMatchObject([{ faultId: 'leak', to: 'watched', second: -600 }]);
		expect(player.told('change.deployed').map(({ title, second }) => [title, second])).toEqual([
			['search: new synonyms', -1500],
			['api 1.5.0', -240]
		]);
		player.begun().to(7 * MIN);
		expect(player.told('change.deployed').at(-1)).toMatchObject({ title: 'cache: more memory', second: 360 });
	});
});

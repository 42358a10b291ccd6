import { describe, expect, it } from 'vitest';
import { smallScenario } from '../world/testing/small-scenario.ts';
import { plainEngine, Player } from './testing/player.ts';

const MIN = 60_000;

/** The small scenario with a way to gather its alerts. */
const gathering = (alerting: string) =>
	new Player(plainEngine(smallScenario((yaml) => yaml.replace(/^users:/m, `alerting: ${alerting}\nusers:`))));
const pages = (player: Player) =>
	player.told('page.delivered').filter(({ to }) => to === 'primary' || to === 'everyone' || to === 'secondary');

describe('alerts that are gathered', () => {
	const alone = new Player().begun().to(18 * MIN);
	const fired = alone.told('alert.fired');

	it('[EN33] page as they do alone, where each is a group of its own that waits for nothing', () => {
		const same = gathering('{ group_by: ["..."], group_wait: 0s }')
			.begun()
			.to(18 * MIN);
		expect(same.told('alert.fired')).toEqual(fired);
		const heard = (player: Player) => pages(player).map(({ alertId, to, reason }) => [alertId, to, reason]);
		expect(heard(same)).toEqual(heard(alone));
	});

	it('[EN33] page once for a group, after its wait, and again after the repeat interval', () => {
		const player = gathering('{ group_by: [], group_wait: 1m, group_interval: 2m, repeat_interval: 4m }')
			.begun()
			.to(18 * MIN);
		const primary = pages(player).filter(({ to }) => to === 'primary');
		const first = fired[0]?.second ?? 0;
		expect(primary[0]?.second).toBeGreaterThanOrEqual(first + 60 + 5);
		expect(primary[0]?.second).toBeLessThanOrEqual(first + 75 + 20);
		expect(primary.some(({ reason }) => reason.startsWith('Still firing: '))).toBe(true);
	});

	it('[EN33] page nobody where they are quiet or inhibited', () => {
		const quiet = gathering(`{ quiet: ['{alertname=~".+"}'] }`)
			.begun()
			.to(18 * MIN);
		expect(quiet.told('alert.fired').length).toBeGreaterThan(0);
		expect(pages(quiet)).toEqual([]);
	});

	it('[EN8] survive being stored at any moment', () => {
		const straight = gathering('{ group_by: [] }').begun();
		const stored = gathering('{ group_by: [] }').begun();
		for (let t = MIN; t <= 12 * MIN; t += MIN) {
			straight.to(t);
			stored.state = JSON.parse(JSON.stringify(stored.state)) as typeof stored.state;
			stored.to(t);
		}
		expect(pages(stored)).toEqual(pages(straight));
	});
});

import { describe, expect, it } from 'vitest';
import { createMatcher } from '../matcher.ts';
import type { Matcher } from '../series.ts';
import { emptyNotifyState, nextFlushMs, stepNotifications, type NotifiedAlert, type NotifyState } from './notify.ts';
import { routesOf, type NotifyConfig, type Route, type Silence } from './route.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

const is = (name: string, value: string): Matcher => createMatcher(name, '=', value);

function route(over: Partial<Route> = {}): Route {
	return {
		receiver: 'pager',
		matchers: [],
		groupBy: ['alertname'],
		groupWaitMs: 30 * SECOND,
		groupIntervalMs: 5 * MINUTE,
		repeatIntervalMs: 60 * MINUTE,
		continues: false,
		routes: [],
		...over
	};
}

const alert = (labels: Record<string, string>, startsMs = 0, endsMs: number | null = null): NotifiedAlert => ({
	labels,
	startsMs,
	endsMs
});

/** Plays moments: alerts as they are then, every 15 s; tells each notification as `minute: receiver status a+b`. */
function play(
	config: Partial<NotifyConfig> & { route: Route },
	untilMs: number,
	alertsAt: (tMs: number) => NotifiedAlert[],
	silences: readonly Silence[] = []
): string[] {
	let state: NotifyState = emptyNotifyState;
	const said: string[] = [];
	for (let t = 0; t <= untilMs; t += 15 * SECOND) {
		const step = stepNotifications({ inhibitRules: [], ...config }, state, alertsAt(t), silences, t);
		// State must survive storage between any two steps.
		state = JSON.parse(JSON.stringify(step.state)) as NotifyState;
		for (const { receiver, status, alerts, repeats } of step.notifications)
			said.push(
				`${t / MINUTE}: ${receiver} ${repeats ? 'again ' : ''}${status} ${alerts.map(({ labels }) => labels.pod ?? labels.alertname).join('+')}`
			);
	}
	return said;
}

describe('a group', () => {
	const pods = (t: number) => [
		alert({ alertname: 'Down', pod: 'a' }),
		...(t >= 15 * SECOND ? [alert({ alertname: 'Down', pod: 'b' }, 15 * SECOND)] : []),
		...(t >= MINUTE ? [alert({ alertname: 'Down', pod: 'c' }, MINUTE)] : [])
	];

	it('waits for its likes, then for the interval', () => {
		expect(play({ route: route() }, 12 * MINUTE, pods)).toEqual(['0.5: pager firing a+b', '5.5: pager firing a+b+c']);
	});

	it('is told of again after the repeat interval, at the next flush', () => {
		const said = play({ route: route({ repeatIntervalMs: 12 * MINUTE }) }, 31 * MINUTE, () => pods(0));
		expect(said).toEqual(['0.5: pager firing a', '15.5: pager again firing a', '30.5: pager again firing a']);
	});

	it('says when all is over, and of what nobody heard says nothing', () => {
		const said = play({ route: route() }, 20 * MINUTE, (t) => [
			...(t < 3 * MINUTE
				? [alert({ alertname: 'Down', pod: 'a' })]
				: t === 3 * MINUTE
					? [alert({ alertname: 'Down', pod: 'a' }, 0, t)]
					: []),
			...(t === 4 * MINUTE ? [alert({ alertname: 'Other', pod: 'x' }, 0, t)] : [])
		]);
		expect(said).toEqual(['0.5: pager firing a', '5.5: pager resolved a']);
	});

	it('forgets one that came and went within the wait', () => {
		const blip = alert({ alertname: 'Down', pod: 'a' });
		expect(
			play({ route: route() }, 5 * MINUTE, (t) =>
				t === 0 ? [blip] : t === 15 * SECOND ? [{ ...blip, endsMs: t }] : []
			)
		).toEqual([]);
	});

	it('of one each tells every alert by itself', () => {
		expect(play({ route: route({ groupBy: 'all', groupWaitMs: 0 }) }, 2 * MINUTE, pods)).toEqual([
			'0: pager firing a',
			'0.25: pager firing b',
			'1: pager firing c'
		]);
	});

	it('knows when it is due', () => {
		const { state } = stepNotifications(
			{ route: route(), inhibitRules: [] },
			emptyNotifyState,
			[alert({ alertname: 'A' }, 5)],
			[],
			5
		);
		expect(nextFlushMs(state)).toBe(30_005);
		expect(nextFlushMs(emptyNotifyState)).toBeNull();
	});
});

describe('routes', () => {
	const tree = route({
		routes: [
			route({ receiver: 'archive', matchers: [is('team', 'db')], continues: true }),
			route({
				receiver: 'db',
				matchers: [is('team', 'db')],
				routes: [route({ receiver: 'db-pager', matchers: [is('severity', 'critical')] })]
			}),
			route({ receiver: 'never', matchers: [is('team', 'db')] })
		]
	});

	it.each([
		[{ team: 'web' }, ['pager']],
		[{ team: 'db' }, ['archive', 'db']],
		[{ team: 'db', severity: 'critical' }, ['archive', 'db-pager']]
	])('%j goes to %j', (labels, receivers) => {
		expect(routesOf(tree, labels).map(({ route: { receiver } }) => receiver)).toEqual(receivers);
	});
});

describe('what is kept quiet', () => {
	const noisy = () => [
		alert({ alertname: 'ClusterDown', cluster: 'eu' }),
		alert({ alertname: 'PodDown', cluster: 'eu', pod: 'a' }),
		alert({ alertname: 'PodDown', cluster: 'us', pod: 'b' })
	];
	const inhibitRules = [
		{
			source: [is('alertname', 'ClusterDown')],
			target: [createMatcher('alertname', '=~', '.+Down')],
			equal: ['cluster']
		}
	];

	it('is what something larger explains, and not that itself', () => {
		expect(play({ route: route(), inhibitRules }, 2 * MINUTE, noisy)).toEqual([
			'0.5: pager firing ClusterDown',
			'0.5: pager firing b'
		]);
	});

	it('is what is silenced, for as long as it is', () => {
		const silences = [{ matchers: [is('cluster', 'eu')], startsMs: 0, endsMs: 7 * MINUTE }];
		expect(play({ route: route({ groupBy: ['cluster'] }) }, 12 * MINUTE, noisy, silences)).toEqual([
			'0.5: pager firing b',
			'10.5: pager firing ClusterDown+a'
		]);
	});
});

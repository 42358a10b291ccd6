import type { AlertStateView } from '../incident/state.ts';
import {
	emptyNotifyState,
	parseSelector,
	stepNotifications,
	type Matcher,
	type Notification,
	type NotifiedAlert,
	type NotifyConfig,
	type Route
} from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Run } from './run.ts';

/** What pages, and what does not. */
const PAGER = 'pager';
const NOBODY = 'nobody';

const configs = new WeakMap<CompiledScenario, NotifyConfig>();

/** How a scenario gathers its alerts; null where each pages by itself, at once. */
export function pagingOf(compiled: CompiledScenario): NotifyConfig | null {
	const { alerting } = compiled.scenario;
	if (alerting === undefined) return null;
	let config = configs.get(compiled);
	if (config === undefined) {
		const route: Omit<Route, 'matchers' | 'receiver'> = {
			groupBy: alerting.group_by.includes('...') ? 'all' : alerting.group_by,
			groupWaitMs: alerting.group_wait,
			groupIntervalMs: alerting.group_interval,
			repeatIntervalMs: alerting.repeat_interval,
			continues: false,
			routes: []
		};
		const quiet = quietOf(compiled);
		config = {
			route: {
				...route,
				receiver: PAGER,
				matchers: [],
				routes: quiet.map((matchers) => ({ ...route, receiver: NOBODY, matchers }))
			},
			inhibitRules: alerting.inhibit.map(({ source, target, equal }) => ({
				source: matchersOf(source),
				target: matchersOf(target),
				equal
			}))
		};
		configs.set(compiled, config);
	}
	return config;
}

const quiets = new WeakMap<CompiledScenario, readonly (readonly Matcher[])[]>();

/** What pages nobody in any scenario, then what this one adds. */
function quietOf(compiled: CompiledScenario): readonly (readonly Matcher[])[] {
	const known = quiets.get(compiled);
	if (known !== undefined) return known;
	const own = compiled.scenario.alerting?.quiet ?? [];
	const made = ['{severity=~"info|none"}', '{page="false"}', ...own].map(matchersOf);
	quiets.set(compiled, made);
	return made;
}

/** Whether an alert with these labels wakes nobody, whatever else fires. */
export function pagesNobody(
	compiled: CompiledScenario,
	name: string,
	labels: Readonly<Record<string, string>>
): boolean {
	const all: Record<string, string> = { ...labels, alertname: name };
	return quietOf(compiled).some((matchers) => matchers.every((one) => one.matches(all[one.name] ?? '')));
}

/** What the pager is to tell now: of alerts that fire, gathered, and neither inhibited nor silenced. */
export function duePages(run: Run, config: NotifyConfig): { alertId: string; reason: string; critical: boolean }[] {
	const { startsAt } = run.machinery.compiled;
	const { alerts } = run.state.incident;
	const known = new Map(alerts.map((alert) => [alert.alertId, alert]));
	const given = alerts
		// What was resolved before the last look has been taken in already.
		.filter(({ resolvedAt }) => resolvedAt === null || resolvedAt === startsAt + run.now)
		.map((alert): NotifiedAlert & { labels: Record<string, string> } => ({
			labels: { ...alert.labels, alertname: alert.name, __alert__: alert.alertId },
			startsMs: alert.firedAt - startsAt,
			endsMs: alert.resolvedAt === null ? null : alert.resolvedAt - startsAt
		}));
	const silences = alerts.flatMap((alert) =>
		alert.silencedUntil === null
			? []
			: [{ matchers: [isAlert(alert)], startsMs: -Infinity, endsMs: alert.silencedUntil - startsAt }]
	);
	const step = stepNotifications(config, run.state.notify ?? emptyNotifyState, given, silences, run.now);
	run.state.notify = step.state;
	return step.notifications
		.filter(({ receiver, status }) => receiver === PAGER && status === 'firing')
		.flatMap((notification) => {
			const told = notification.alerts.flatMap(({ labels, endsMs }) => {
				const alert = endsMs === null ? known.get(labels.__alert__ ?? '') : undefined;
				return alert === undefined ? [] : [alert];
			});
			const [first] = told;
			if (first === undefined) return [];
			const critical = told.some(({ level }) => level === 'critical');
			return [{ alertId: first.alertId, reason: reasonOf(notification, told), critical }];
		});
}

function reasonOf({ repeats }: Notification, alerts: readonly AlertStateView[]): string {
	const [first] = alerts;
	const counts = new Map<string, number>();
	for (const { name } of alerts) counts.set(name, (counts.get(name) ?? 0) + 1);
	const names = [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ');
	const what = alerts.length === 1 ? (first?.context.summary ?? names) : `${alerts.length} alerts: ${names}`;
	return repeats ? `Still firing: ${what}` : what;
}

function isAlert({ alertId }: AlertStateView): Matcher {
	return { name: '__alert__', op: '=', value: alertId, matches: (value) => value === alertId };
}

/** Selectors were checked when the scenario was loaded. */
function matchersOf(selector: string): readonly Matcher[] {
	const parsed = parseSelector(selector);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
}

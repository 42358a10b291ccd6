/**
 * Who is told what, and when: alerts gathered into groups that wait, are told of, and are told of again, as Alertmanager's
 * dispatcher and its notification log do it. State is plain JSON; the same alerts at the same moments give the same.
 */
import type { Labels } from '../series.ts';
import { isInhibited, isSilenced, routesOf, type NotifyConfig, type PlacedRoute, type Silence } from './route.ts';

/** An alert that fires, or that did and has been resolved since the last step. */
export interface NotifiedAlert {
	readonly labels: Labels;
	readonly startsMs: number;
	/** Null while it fires. */
	readonly endsMs: number | null;
}

interface GroupState {
	readonly labels: Labels;
	/** Alerts in the group by their signature. */
	readonly alerts: Readonly<Record<string, NotifiedAlert>>;
	readonly nextFlushMs: number;
	/** What was last told of it; null while nothing was. */
	readonly told: {
		readonly atMs: number;
		readonly firing: readonly string[];
		readonly resolved: readonly string[];
	} | null;
}

/** Groups by route and labels. Immutable: a step returns the next one. */
export interface NotifyState {
	readonly groups: Readonly<Record<string, GroupState>>;
}

export const emptyNotifyState: NotifyState = { groups: {} };

export interface Notification {
	readonly atMs: number;
	readonly receiver: string;
	/** `{path}:{labels}`, the same for as long as the group lives. */
	readonly groupKey: string;
	readonly groupLabels: Labels;
	/** `resolved` where nothing of the group fires any more. */
	readonly status: 'firing' | 'resolved';
	/** Those that fire first, each in order of when it began. */
	readonly alerts: readonly NotifiedAlert[];
	/** Whether it says nothing new: the group was told of before, and still fires. */
	readonly repeats: boolean;
}

export interface NotifyStep {
	readonly state: NotifyState;
	readonly notifications: readonly Notification[];
}

/**
 * Takes in the alerts that fire now and those resolved since the last step, and tells what is due at `nowMs`. Call it whenever
 * alerts change and at every `nextFlushMs`.
 */
export function stepNotifications(
	config: NotifyConfig,
	state: NotifyState,
	alerts: readonly NotifiedAlert[],
	silences: readonly Silence[],
	nowMs: number
): NotifyStep {
	const groups: Record<string, GroupState> = { ...state.groups };
	for (const alert of alerts)
		for (const placed of routesOf(config.route, alert.labels)) admit(groups, placed, alert, nowMs);
	const firing = alerts.filter(({ endsMs }) => endsMs === null).map(({ labels }) => labels);
	const notifications: Notification[] = [];
	for (const [key, group] of Object.entries(groups)) {
		if (group.nextFlushMs > nowMs) continue;
		const route = routeOf(config, group, key);
		if (!route) {
			Reflect.deleteProperty(groups, key);
			continue;
		}
		const heard = Object.entries(group.alerts).filter(
			([, { labels }]) => !isInhibited(config.inhibitRules, labels, firing) && !isSilenced(silences, labels, nowMs)
		);
		const told = tellOf(group, heard, route, key, nowMs);
		if (told) notifications.push(told.notification);
		// What has been resolved leaves once it was told, or would not be.
		const left = Object.entries(group.alerts).filter(([, { endsMs }]) => endsMs === null);
		if (left.length === 0) Reflect.deleteProperty(groups, key);
		else
			groups[key] = {
				...group,
				alerts: Object.fromEntries(left),
				told: told?.log ?? group.told,
				nextFlushMs: nowMs + route.route.groupIntervalMs
			};
	}
	return { state: { groups }, notifications };
}

/** The next moment at which a group is due; null where there is none. */
export function nextFlushMs(state: NotifyState): number | null {
	const due = Object.values(state.groups).map((group) => group.nextFlushMs);
	return due.length === 0 ? null : Math.min(...due);
}

function admit(
	groups: Record<string, GroupState>,
	{ route, path }: PlacedRoute,
	alert: NotifiedAlert,
	nowMs: number
): void {
	const labels = groupLabels(route.groupBy, alert.labels);
	const key = `${path}:${signature(labels)}`;
	const group = groups[key];
	const id = signature(alert.labels);
	// Of what nobody was told, nobody is told that it is over.
	if (!group && alert.endsMs !== null) return;
	if (group && alert.endsMs !== null && !group.alerts[id]) return;
	groups[key] = {
		labels,
		alerts: { ...group?.alerts, [id]: alert },
		told: group?.told ?? null,
		// An alert that is older than the wait has waited already.
		nextFlushMs: group?.nextFlushMs ?? Math.max(nowMs, alert.startsMs + route.groupWaitMs)
	};
}

function routeOf(config: NotifyConfig, group: GroupState, key: string): PlacedRoute | undefined {
	const path = key.slice(0, key.indexOf(':'));
	const [any] = Object.values(group.alerts);
	return any && routesOf(config.route, any.labels).find((placed) => placed.path === path);
}

/** What is to be told of a group, if anything is: the rules of Alertmanager's notification log. */
function tellOf(
	group: GroupState,
	heard: readonly (readonly [string, NotifiedAlert])[],
	{ route }: PlacedRoute,
	key: string,
	nowMs: number
): { notification: Notification; log: GroupState['told'] } | undefined {
	const firing = heard.filter(([, { endsMs }]) => endsMs === null).map(([id]) => id);
	const resolved = heard.filter(([, { endsMs }]) => endsMs !== null).map(([id]) => id);
	const { told } = group;
	const isNew = firing.some((id) => !told?.firing.includes(id));
	const isOver = told !== null && resolved.some((id) => told.firing.includes(id) && !told.resolved.includes(id));
	const isDue = told !== null && firing.length > 0 && nowMs - told.atMs >= route.repeatIntervalMs;
	if (!isNew && !isOver && !isDue) return undefined;
	const byBegin = heard.map(([, alert]) => alert).toSorted((a, b) => a.startsMs - b.startsMs);
	const notification: Notification = {
		atMs: nowMs,
		receiver: route.receiver,
		groupKey: key,
		groupLabels: group.labels,
		status: firing.length > 0 ? 'firing' : 'resolved',
		alerts: [...byBegin.filter(({ endsMs }) => endsMs === null), ...byBegin.filter(({ endsMs }) => endsMs !== null)],
		repeats: !isNew && !isOver
	};
	return { notification, log: { atMs: nowMs, firing, resolved } };
}

function groupLabels(groupBy: readonly string[] | 'all', labels: Labels): Labels {
	if (groupBy === 'all') return labels;
	return Object.fromEntries(groupBy.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])));
}

function signature(labels: Labels): string {
	return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

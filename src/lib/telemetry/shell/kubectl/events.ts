import { podsOf, revisionsOf, serviceIn, isStateful, type PodRow } from '../cluster.ts';
import { columns } from '../table.ts';
import { age } from '../times.ts';
import type { ShellView } from '../types.ts';

/** Events as the cluster keeps them: an hour of pods that came, were killed and went, and of rollouts. */

export interface ClusterEvent {
	atMs: number;
	type: 'Normal' | 'Warning';
	reason: string;
	object: string;
	message: string;
}

const KEPT_MS = 3_600_000;

export function eventsOf(view: ShellView, services: readonly string[]): ClusterEvent[] {
	const events = services.flatMap((service) => [
		...podsOf(view, service).flatMap((pod) => eventsOfPod(view, pod)),
		...(isStateful(serviceIn(view, service)) ? [] : rollouts(view, service))
	]);
	return events.filter(({ atMs }) => atMs <= view.nowMs && atMs > view.nowMs - KEPT_MS).sort((a, b) => a.atMs - b.atMs);
}

export function eventsOfPod(view: ShellView, pod: PodRow): ClusterEvent[] {
	const object = `pod/${pod.name}`;
	const image = `registry.example.com/${pod.service}:${pod.version}`;
	const told = (atMs: number, type: 'Normal' | 'Warning', reason: string, message: string) => ({
		atMs,
		type,
		reason,
		object,
		message
	});
	const events: ClusterEvent[] = [
		told(
			pod.createdMs,
			'Normal',
			'Scheduled',
			`Successfully assigned ${view.world.compiled.topology.namespace}/${pod.name} to ${pod.node}`
		)
	];
	for (const life of pod.lives) {
		events.push(
			told(life.startedAtMs, 'Normal', 'Pulled', `Container image "${image}" already present on machine`),
			told(life.startedAtMs, 'Normal', 'Started', `Started container ${pod.service}`)
		);
		if (life.endedAtMs === null || life.endedAtMs > view.nowMs) continue;
		if (life.ended === 'oom')
			events.push(
				told(life.endedAtMs, 'Warning', 'OOMKilling', `Memory cgroup out of memory: killed container ${pod.service}`)
			);
		else events.push(told(life.endedAtMs, 'Normal', 'Killing', `Stopping container ${pod.service}`));
	}
	if (pod.status === 'CrashLoopBackOff')
		events.push(
			told(
				Math.max(pod.createdMs, (pod.restartedMs ?? pod.createdMs) + 1_000),
				'Warning',
				'BackOff',
				`Back-off restarting failed container ${pod.service} in pod ${pod.name}`
			)
		);
	return events.filter(({ atMs }) => atMs <= view.nowMs && atMs > view.nowMs - KEPT_MS);
}

function rollouts(view: ShellView, service: string): ClusterEvent[] {
	const { replicas } = view.state;
	return [
		...revisionsOf(view, service).map(({ atMs, version, n }) => ({
			atMs,
			type: 'Normal' as const,
			reason: 'ScalingReplicaSet',
			object: `deployment/${service}`,
			message: `Scaled up replica set of revision ${n} (${version})`
		})),
		...replicas
			.filter((change) => change.service === service)
			.map(({ atMs, count }) => ({
				atMs,
				type: 'Normal' as const,
				reason: 'ScalingReplicaSet',
				object: `deployment/${service}`,
				message: `Scaled replica set to ${count}`
			}))
	];
}

export function eventTable(view: ShellView, events: readonly ClusterEvent[]): string {
	if (events.length === 0) return `No events found in ${view.world.compiled.topology.namespace} namespace.`;
	return columns(
		['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
		events.map(({ atMs, type, reason, object, message }) => [age(view.nowMs - atMs), type, reason, object, message])
	);
}

import { keyed, keyedHash, mix } from './random.ts';
import type { Pod, WorldState } from './types.ts';
import { remember, serviceOf, type World } from './world.ts';

const HOUR = 3_600_000;
/** A killed container is started again after this long. */
const RESTART_GAP_MS = 3_000;
/** A rolling restart takes the old pod away this long before the new one serves: a small dip in capacity. */
const RESTART_DIP_MS = 8_000;

/** Pods alive at a moment (their process lives), by index. */
export function podsAt(world: World, state: WorldState, service: string, tMs: number): Pod[] {
	return podHistory(world, state, service).filter(
		(pod) => pod.startedAtMs <= tMs && (pod.endedAtMs === null || tMs < pod.endedAtMs)
	);
}

/** Every life of every container of a service that the state knows of, past and planned, by index and then by time. */
export function podHistory(world: World, state: WorldState, service: string): readonly Pod[] {
	return remember(world, state, `pods:${service}`, () => computeHistory(world, state, service));
}

/** How many pods are wanted at a moment. */
export function desiredAt(world: World, state: WorldState, service: string, tMs: number): number {
	let count = serviceOf(world, service).replicas;
	for (const change of state.replicas) if (change.service === service && change.atMs <= tMs) count = change.count;
	return count;
}

/** Time from process start to readiness; a JVM warms up longer. Milliseconds. */
export function startupMs(world: World, service: string): number {
	switch (serviceOf(world, service).runtime) {
		case 'jvm':
			return 25_000;
		case 'python':
		case 'node':
			return 10_000;
		case 'go':
		case 'native':
		case 'none':
			return 6_000;
	}
}

/** What replaces or ends a pod of one slot, in time. */
type Turn =
	| { atMs: number; kind: 'version'; version: string; beganMs: number }
	| { atMs: number; kind: 'restart'; beganMs: number }
	| { atMs: number; kind: 'oom' }
	| { atMs: number; kind: 'added'; version: string }
	| { atMs: number; kind: 'removed' };

function computeHistory(world: World, state: WorldState, service: string): Pod[] {
	const spec = serviceOf(world, service);
	const shifts = state.versions[service] ?? [];
	const changes = state.replicas.filter((change) => change.service === service);
	const most = Math.max(spec.replicas, ...changes.map((change) => change.count));
	const pods: Pod[] = [];
	for (let slot = 0; slot < most; slot += 1) {
		const turns: Turn[] = [];
		for (const shift of shifts) {
			const count = Math.max(1, desiredAt(world, state, service, shift.atMs));
			const affected = Math.max(1, Math.round(count * shift.share));
			// Pods beyond the share keep what they run; pods that are added later get the new version.
			if (slot < affected) {
				const atMs = shift.atMs + Math.round((shift.rolloutMs * (slot + 1)) / affected);
				turns.push({ atMs, kind: 'version', version: shift.version, beganMs: shift.atMs });
			}
		}
		for (const restart of state.restarts) {
			if (restart.service !== service || restart.pod !== slot) continue;
			if (restart.reason === 'oom') turns.push({ atMs: restart.atMs, kind: 'oom' });
			else turns.push({ atMs: restart.atMs, kind: 'restart', beganMs: restart.beganMs });
		}
		let wanted = slot < spec.replicas;
		for (const change of changes) {
			if (change.count > slot !== wanted) {
				wanted = change.count > slot;
				if (wanted)
					turns.push({
						atMs: change.atMs,
						kind: 'added',
						version: templateVersion(world, state, service, change.atMs)
					});
				else turns.push({ atMs: change.atMs, kind: 'removed' });
			}
		}
		turns.sort((a, b) => a.atMs - b.atMs);
		livesOfSlot(world, state, service, slot, turns, pods);
	}
	return pods;
}

function livesOfSlot(
	world: World,
	state: WorldState,
	service: string,
	slot: number,
	turns: readonly Turn[],
	into: Pod[]
): void {
	const spec = serviceOf(world, service);
	const startup = startupMs(world, service);
	const firstShift = (state.versions[service] ?? [])[0];
	let version = firstShift?.previous || spec.version;
	let current: Pod | null = null;
	if (slot < spec.replicas) {
		// Old pods have lived for between half a day and a day; none is as old as the whole history.
		const age = 12 * HOUR + keyed(world.seedHash, 'age', service, slot) * 12 * HOUR;
		const startedAtMs = Math.round(Math.min(turns[0]?.atMs ?? 0, 0) - age);
		current = born(world, service, slot, version, startedAtMs, startedAtMs, `${version}:0`);
	}
	for (const turn of turns) {
		if (turn.kind === 'added') {
			if (current !== null) continue;
			version = turn.version;
			current = born(world, service, slot, version, turn.atMs, turn.atMs + startup, `${version}:0`);
			continue;
		}
		if (current === null) continue;
		switch (turn.kind) {
			case 'removed':
				into.push({ ...current, endedAtMs: Math.max(turn.atMs, current.startedAtMs), ended: 'scaled' });
				current = null;
				break;
			case 'oom': {
				if (turn.atMs <= current.startedAtMs) break;
				into.push({ ...current, endedAtMs: turn.atMs, ended: 'oom' });
				const startedAtMs = turn.atMs + RESTART_GAP_MS;
				current = {
					...current,
					startedAtMs,
					readyAtMs: startedAtMs + startup,
					restarts: current.restarts + 1
				};
				break;
			}
			case 'version': {
				version = turn.version;
				// The new pod is started first and takes over when it is ready, so capacity holds.
				into.push({ ...current, endedAtMs: Math.max(turn.atMs, current.startedAtMs), ended: 'replaced' });
				const startedAtMs = Math.max(turn.atMs - startup, turn.beganMs);
				current = born(world, service, slot, version, startedAtMs, turn.atMs, `${version}:${turn.beganMs}`);
				break;
			}
			case 'restart': {
				const endedAtMs = Math.max(turn.atMs - RESTART_DIP_MS, turn.beganMs, current.startedAtMs);
				into.push({ ...current, endedAtMs, ended: 'replaced' });
				const startedAtMs = Math.max(turn.atMs - startup, turn.beganMs);
				current = born(world, service, slot, version, startedAtMs, turn.atMs, `${version}:${turn.beganMs}`);
				break;
			}
		}
	}
	if (current !== null) into.push(current);
}

function templateVersion(world: World, state: WorldState, service: string, tMs: number): string {
	const shifts = state.versions[service] ?? [];
	let version = shifts[0]?.previous || serviceOf(world, service).version;
	for (const shift of shifts) if (shift.atMs <= tMs) version = shift.version;
	return version;
}

function born(
	world: World,
	service: string,
	index: number,
	version: string,
	startedAtMs: number,
	readyAtMs: number,
	generation: string
): Pod {
	return {
		name: podName(world, service, index, generation),
		index,
		version,
		startedAtMs,
		readyAtMs,
		endedAtMs: null,
		ended: null,
		createdAtMs: startedAtMs,
		restarts: 0
	};
}

/** Letters that Kubernetes uses for generated names: no vowels, nothing that can be mistaken. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const STATEFUL: readonly string[] = ['db', 'cache', 'queue', 'storage'];

function podName(world: World, service: string, index: number, generation: string): string {
	const { kind } = serviceOf(world, service);
	if (STATEFUL.includes(kind)) return `${service}-${index}`;
	const replicaSet = letters(keyedHash(world.seedHash, 'rs', service, generation), 9);
	return `${service}-${replicaSet}-${letters(keyedHash(world.seedHash, 'pod', service, generation, index), 5)}`;
}

function letters(seed: number, count: number): string {
	let text = '';
	let hash = seed;
	for (let i = 0; i < count; i += 1) {
		hash = mix(hash, i);
		text += LETTERS[hash % LETTERS.length] ?? 'x';
	}
	return text;
}

import { desiredAt } from './pods.ts';
import type { VersionShift, WorldState } from './types.ts';
import { serviceOf, type World } from './world.ts';

/** Rolls a version out from `atMs` on: pods are replaced one by one within `rollout` milliseconds, up to `share` of them. */
export function deployVersion(
	world: World,
	state: WorldState,
	service: string,
	change: { version?: string | undefined; previous?: string | undefined; rollout: number; share: number },
	atMs: number
): WorldState {
	const shifts = state.versions[service] ?? [];
	const running = shifts.at(-1)?.version ?? serviceOf(world, service).version;
	const shift: VersionShift = {
		atMs,
		version: change.version ?? running,
		previous: change.previous ?? running,
		rolloutMs: change.rollout,
		share: change.share
	};
	const sorted = [...shifts, shift].sort((a, b) => a.atMs - b.atMs);
	return { ...state, versions: { ...state.versions, [service]: sorted } };
}

/** The version that the last rollout of a service aims at, at a moment. */
export function targetVersion(world: World, state: WorldState, service: string, tMs: number): string {
	const shifts = state.versions[service] ?? [];
	let version = shifts[0]?.previous ?? serviceOf(world, service).version;
	for (const shift of shifts) if (shift.atMs <= tMs) version = shift.version;
	return version;
}

/** Restarts every pod of a service, one by one, from `atMs` on within `spanMs`. */
export function restartPods(
	world: World,
	state: WorldState,
	service: string,
	atMs: number,
	spanMs: number
): WorldState {
	const count = desiredAt(world, state, service, atMs);
	const restarts = [...state.restarts];
	for (let pod = 0; pod < count; pod += 1) {
		const at = atMs + Math.round((spanMs * (pod + 1)) / count / 1000) * 1000;
		restarts.push({ service, pod, atMs: at, reason: 'restart', beganMs: atMs });
	}
	return { ...state, restarts: restarts.sort((a, b) => a.atMs - b.atMs) };
}

/** Adds pods (or takes some away, never the last). */
export function scalePods(world: World, state: WorldState, service: string, by: number, atMs: number): WorldState {
	const count = Math.max(1, desiredAt(world, state, service, atMs) + by);
	return { ...state, replicas: [...state.replicas, { service, atMs, count }].sort((a, b) => a.atMs - b.atMs) };
}

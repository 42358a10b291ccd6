import type { Effect, FaultStateSpec, InstrumentSpec, LogLineSpec } from '../scenario/scenario.schema.ts';

/**
 * The part of a run's state that says what the system does. Plain JSON, append-only in time: whatever is added begins now
 * or later, so that the past never changes and any moment can be computed without the ones before it.
 * Times are simulated milliseconds.
 */
export interface WorldState {
	/** Per metric key (`service.metric` or `service[label=value].metric`), curves ascending by `atMs`; the last begun counts. */
	curves: Record<string, Curve[]>;
	/** Per service, shifts of traffic and pods between versions, ascending by `atMs`. */
	versions: Record<string, VersionShift[]>;
	/** Pods that began anew (rolling restart, out-of-memory kill): their counters start from zero. Ascending by `atMs`. */
	restarts: PodRestart[];
	/** Changes of the number of pods, ascending by `atMs`. */
	replicas: { service: string; atMs: number; count: number }[];
	instruments: { spec: InstrumentSpec; fromMs: number; untilMs: number | null; cause: string }[];
	/** Lines written because of fault states and mitigations. */
	logs: { line: LogLineSpec; fromMs: number; untilMs: number | null; cause: string }[];
	faults: Record<string, FaultStatus>;
}

export interface PodRestart {
	service: string;
	/** Index of the pod, from 0. */
	pod: number;
	atMs: number;
	reason: 'restart' | 'oom';
	/** When the rolling restart that this belongs to began: its pods share a replica set. */
	beganMs: number;
}

export interface FaultStatus {
	state: string;
	phase: FaultStateSpec['phase'];
	sinceMs: number;
	/** States ever entered, in order of first entry. */
	visited: string[];
	/** Metric keys this fault has ever moved, for relaxing to baseline. */
	touched: string[];
}

export type Shape = Exclude<keyof Effect, 'metric' | 'failing'> | 'relax';

/** One stretch of one metric: from `atMs` on it goes as `shape` says, beginning at `from`. Values in base units. */
export interface Curve {
	/** From when on it counts. */
	atMs: number;
	/** Where the shape has its time zero: `atMs`, or earlier where it was under way already. */
	originMs: number;
	shape: Shape;
	from: number;
	to: number;
	/** `over`, `every` or 0. */
	spanMs: number;
	/** Shape's own extra: `on` of a flap, `by` of a jitter, `share` of a cascade, per minute of an accumulation. */
	extra: number;
	/** Cascade: the key it follows, and the delay. */
	source: string | null;
	delayMs: number;
	failing: 'fast' | 'slow' | null;
	/** Which fault or mitigation began it: `fault:<id>`, `during:<attempt>`, `after:<attempt>`. */
	cause: string;
}

export interface VersionShift {
	atMs: number;
	version: string;
	previous: string;
	rolloutMs: number;
	share: number;
}

/**
 * One life of one container: a restart (also of the same pod) begins another. `[startedAtMs, endedAtMs)` is when its
 * process lives; traffic comes from `readyAtMs` on.
 */
export interface Pod {
	/** `core-api-7d9f5c4b8-x2x4p`, or `main-db-0` where identity is kept. */
	name: string;
	index: number;
	version: string;
	startedAtMs: number;
	readyAtMs: number;
	/** Null while it lives. */
	endedAtMs: number | null;
	/** How it ended. */
	ended: 'replaced' | 'oom' | 'scaled' | null;
	/** When the pod itself was created: earlier than `startedAtMs` after a restart of its container. */
	createdAtMs: number;
	/** Containers of this pod that ended before this one. */
	restarts: number;
}

/**
 * The world: what the simulated system really does. Truth as a function of (scenario, seed, WorldState, time), by random
 * access. It must not know what can be seen of it, nor who plays.
 */
export type { Curve, FaultStatus, Pod, PodRestart, Shape, VersionShift, WorldState } from './types.ts';
export { createWorld, initialWorldState, remember, type World } from './world.ts';
export { hashString, keyed, keyedHash, noise, partOf, stream, unit } from './random.ts';
export { fakerPools, type FakerPools } from './faker-pools.ts';
export { metricKey, parseMetricKey } from './metric-key.ts';
export { metricHandle, truthAt, type MetricHandle } from './truth.ts';
export { baselineOf, requestsPerSecond, seasonAt } from './baseline.ts';
export { failingAt } from './failing.ts';
export { desiredAt, podHistory, podsAt } from './pods.ts';
export { breakpoints } from './breakpoints.ts';
export { nextOom, oomKill, type Kill } from './memory.ts';
export { adopt, beginEffects, endEffects, enterState, stateSpec } from './effects.ts';
export { deployVersion, restartPods, scalePods, targetVersion } from './changes.ts';
export { faultStep, initialFaultStep, type FaultStep, type FaultTimer } from './machines.ts';

// What the host of incidents stands on, given to it once.

import type { Engine } from '../../engine/types.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Storage } from '../db/storage.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Twins } from './twins.ts';

export interface HubContext {
	storage: Storage;
	log: Logger;
	metrics: Metrics;
	/** `seed` is the run's. */
	createEngine: (compiled: CompiledScenario, seed: string) => Engine;
	/** Raised when the server ends: long work is given up. */
	closing: AbortSignal;
	/** Other futures of a run that has ended. */
	twins: Twins;
	/** Name under which this server owns incidents. */
	owner: string;
	/** Whether an owner is certainly gone, so that its lease need not be waited for. */
	isOwnerDead: (owner: string) => boolean;
	/** Wall time, epoch ms. */
	now: () => number;
	/** Wall time that never jumps, ms from anywhere. */
	monotonic: () => number;
	/** How long a run goes on with nobody connected, ms. */
	unattendedMs: number;
}

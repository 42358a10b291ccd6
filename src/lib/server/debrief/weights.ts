// What the groups of the scorecard count, as the organisation has set it.

import { DEFAULT_WEIGHTS, type Weights } from '../../scoring/index.ts';
import type { Storage } from '../db/storage.ts';
import { weightsSchema } from './weights.schema.ts';

export const WEIGHTS_SETTING = 'score_weights';

/** Null where the organisation has set nothing. */
export async function readWeights(storage: Storage): Promise<Weights | null> {
	const stored = weightsSchema.safeParse(await storage.readSetting(WEIGHTS_SETTING));
	return stored.success ? stored.data : null;
}

/** The shares that count: the organisation's, else those shipped. */
export async function currentWeights(storage: Storage): Promise<Weights> {
	return (await readWeights(storage)) ?? Object.fromEntries(DEFAULT_WEIGHTS.map(({ id, weight }) => [id, weight]));
}

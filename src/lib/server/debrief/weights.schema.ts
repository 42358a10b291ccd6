import { z } from 'zod';
import { DEFAULT_WEIGHTS } from '../../scoring/index.ts';

const share = z.number().min(0).max(100);

/** Shares of the groups, by id; at least one must count. */
export const weightsSchema = z
	.strictObject(Object.fromEntries(DEFAULT_WEIGHTS.map(({ id }) => [id, share])))
	.refine((weights) => Object.values(weights).some((weight) => weight > 0), 'one of the shares must be above 0');

import { covers, entriesOf, pick } from './node.ts';
import type { WorldState } from './types.ts';
import type { World } from './world.ts';

/** Whether a service's failing requests return at once or hang until they time out; `fast` unless the scenario says so. */
export function failingAt(
	world: World,
	state: WorldState,
	service: string,
	where: Record<string, string>,
	tMs: number
): 'fast' | 'slow' {
	const fitting = entriesOf(world, state, service, 'errors').filter((entry) => covers(entry.where, where));
	return pick(fitting, tMs)?.curve.failing ?? 'fast';
}

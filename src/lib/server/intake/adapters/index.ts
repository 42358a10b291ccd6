// The sources that Muster understands.

import type { Adapter } from './adapter.ts';
import { alertmanager } from './alertmanager.ts';
import { generic } from './generic.ts';

export const ADAPTERS: readonly Adapter[] = [alertmanager, generic];

export function adapterOf(id: string): Adapter | null {
	return ADAPTERS.find((adapter) => adapter.id === id) ?? null;
}
